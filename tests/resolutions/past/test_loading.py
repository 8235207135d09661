"""The past is loaded: everything stands as if it had been typed into the forms."""

import pytest

from accounts.models import User
from resolutions.models import Letter, Resolution
from resolutions.past.loading import judge, load
from tests.resolutions.past.folder import counts, example_a, told

pytestmark = pytest.mark.django_db
FILE = "Папка 2024.xlsx"


def test_first(secretariat: User) -> None:
    rows = example_a().rows
    judged = judge(rows, by=secretariat, file_name=FILE)
    assert told(judged) == []
    assert not Resolution.objects.exists()
    assert load(rows, by=secretariat, file_name=FILE) == judged
    assert counts(judged.added) == {s.value: n for s, n in rows.counted() if n}
    again = load(rows, by=secretariat, file_name=FILE)
    assert counts(again.added) == {}
    assert counts(again.known) == counts(judged.added)
    assert [one.repeats and one.repeats.number for one in Letter.objects.order_by("pk")] == [None, "1/24"]
