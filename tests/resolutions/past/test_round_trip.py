"""The workbook out and in: what it shows can be loaded, and what the portal holds is known to it."""

import pytest
from django.core.management import call_command

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import Resolution
from resolutions.past.book import workbook_of
from resolutions.past.loading import judge, load
from resolutions.past.portal import rows_of_portal
from tests.municipalities.factory import city
from tests.municipalities.practices.factory import practice, promise, step
from tests.resolutions.factory import letter, send
from tests.resolutions.past.books import TODAY, book_of, read, real_rows
from tests.resolutions.past.many import many_rows

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def place(db: None) -> Municipality:
    """The municipality of the examples."""
    return city("Название города", 77, joins="2001-01-01")


def test_the_examples_are_loaded_when_they_are_meant(secretariat: User, place: Municipality) -> None:
    found = read(book_of())
    loaded = load(found.rows, by=secretariat, file_name="пример.xlsx")
    assert loaded.faults == ()
    assert dict(loaded.added) == dict(real_rows().counted())


def test_what_was_loaded_is_given_out_as_it_was(secretariat: User, place: Municipality) -> None:
    load(read(book_of()).rows, by=secretariat, file_name="пример.xlsx")
    held = read(workbook_of(rows_of_portal(), at=TODAY))
    assert held.faults == ()
    assert held.rows == rows_of_portal()
    again = judge(held.rows, by=secretariat, file_name="ещё раз.xlsx")
    assert (again.faults, sum(again.added.values())) == ((), 0)
    assert dict(again.known) == dict(real_rows().counted())


def test_many_rows_come_out_as_they_went_in(secretariat: User, place: Municipality) -> None:
    rows = many_rows(decisions=4, points=12, letters=30, years=4, towns=(place.name,))
    loaded = load(rows, by=secretariat, file_name="папка.xlsx")
    assert all(count for _, count in rows.counted())
    held = read(workbook_of(rows_of_portal(), at=TODAY))
    assert (held.faults, held.rows) == ((), rows_of_portal())
    again = judge(held.rows, by=secretariat, file_name="ещё раз.xlsx")
    assert (again.faults, sum(again.added.values()), again.known) == ((), 0, loaded.added)


def test_blank_lines_and_promises_to_practices_are_known(
    adopted: Resolution, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    send(letter(adopted, "appeal", point=adopted.points.get(number=2), body="Раз.\n\nДва."), by=secretariat)
    to_one = promise(arkhangelsk, practice(kostroma, "Свет " * 35), on="2024-07-08")
    step(to_one, "kept", "2024-07-09")
    rows = rows_of_portal()
    judged = judge(rows, by=secretariat, file_name="выгрузка.xlsx")
    assert (judged.faults, sum(judged.added.values())) == ((), 0)
    assert judged.known == {sheet: count for sheet, count in rows.counted() if count}


@pytest.mark.slow
def test_what_was_typed_into_the_portal_is_known_to_it(secretariat: User) -> None:
    call_command("seed", demo=True, force=True, verbosity=0)
    rows = rows_of_portal()
    held = read(workbook_of(rows, at=TODAY))
    assert (held.faults, held.rows) == ((), rows)
    judged = judge(held.rows, by=secretariat, file_name="выгрузка.xlsx")
    assert (judged.faults, sum(judged.added.values())) == ((), 0)
    assert judged.known == {sheet: count for sheet, count in rows.counted() if count}
