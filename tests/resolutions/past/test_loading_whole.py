"""A long past, loaded in one go; and the pages that tell of all decisions."""

from dataclasses import fields, replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from resolutions.models import DecisionPoint, Letter, Resolution
from resolutions.past.loading import load
from resolutions.past.rows import PastAsk, PastOutcome, PastPoint, PastRows
from sgcszr_portal.ledgers import faults
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.resolutions.past.many import many_rows

pytestmark = pytest.mark.django_db


@pytest.mark.soak
def test_forty_decisions_of_fifteen_years(secretariat: User) -> None:
    rows = many_rows(towns=tuple(city(f"Город {number}", number).name for number in range(1, 27)))
    with CaptureQueriesContext(connection) as asked:
        loaded = load(rows, by=secretariat, file_name="Папка.xlsx")
    assert dict(loaded.added) == dict(rows.counted())
    assert len(asked) < 400  # of 4,280 rows: none is asked about by itself
    assert [one.objects.count() for one in (Resolution, DecisionPoint, Letter)] == [40, 250, 1000]
    assert list(faults()) == []
    again = load(rows, by=secretariat, file_name="Папка.xlsx")
    assert (sum(again.added.values()), dict(again.known)) == (0, dict(rows.counted()))


@pytest.mark.slow
@pytest.mark.parametrize("page", ["/", "/points/", "/due/"])
def test_pages_ask_as_often_beside_many_decisions(client_for: ClientFor, secretariat: User, page: str) -> None:
    """Twelve hold every kind of what may wait; of kinds that there are none of, nothing is asked."""
    few, more = (many_rows(count, 4 * count, 12 * count, 3) for count in (12, 36))
    asked, visitor = [], client_for(secretariat)
    for rows in (few, further(more)):
        load(rows, by=secretariat, file_name="Папка.xlsx")
        visitor.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(page).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def further(rows: PastRows) -> PastRows:
    """The same past of another Union: nothing of it is known already."""
    said = {}
    for one in fields(rows):
        said[one.name] = tuple(replace(row, **_renamed(row)) for row in getattr(rows, one.name))
    return PastRows(**said)


def _renamed(row: Any) -> dict[str, str]:
    """Designations and numbers that are free."""
    names = (
        "decision",
        "letter",
        "incoming",
        *(() if isinstance(row, PastPoint | PastAsk | PastOutcome) else ("number",)),
    )
    return {name: f"{value}-bis" for name in names if (value := getattr(row, name, ""))}
