"""A decision is called as the secretary typed it, and not by the address that the portal makes of it."""

import pytest

from accounts.models import User
from resolutions.models import PointAction
from resolutions.past.loading import judge, load
from resolutions.past.rows import Designation, PastRows
from tests.municipalities.factory import city
from tests.resolutions.past.books import book_of, read
from tests.resolutions.past.folder import Folder, told

pytestmark = pytest.mark.django_db

FILE = "Папка.xlsx"


def typed(folder: Folder) -> PastRows:
    """Rows as they are read of a workbook."""
    return read(book_of(folder.rows)).rows


def base() -> Folder:
    return Folder().decision("Р-2019/2", "20.06.2019", "assignment")


def test_it_is_found_however_it_is_typed_and_remembers_how() -> None:
    rows = typed(base().point("р 2019 2", 2))
    assert [one.decision for one in rows.points] == ["r-2019-2"] * 2
    names = [rows.decisions[0].decision, *(one.decision for one in rows.points)]
    assert [one.typed for one in names if isinstance(one, Designation)] == ["Р-2019/2", "Р-2019/2", "р 2019 2"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (Folder().point("Р-2018/7"), "Решения «Р-2018/7» нет ни в портале, ни на листе «Решения»."),
        (
            base().step(PointAction.NOTE, "01.07.2019", decision="Р-2019/2", point=7),
            "Пункта 7 в решении «Р-2019/2» нет.",
        ),
    ],
)
def test_faults_name_what_was_typed(secretariat: User, more: Folder, sentence: str) -> None:
    (fault,) = told(judge(typed(more), by=secretariat, file_name=FILE))
    assert fault[3] == sentence


def test_rows_that_stand_twice_name_it_too(secretariat: User) -> None:
    name = Designation("r-2019-2", "Р-2019/2")
    folder = Folder().decision(name, "20.06.2019", "assignment").decision(name, "20.06.2019")
    assert (
        told(judge(folder.rows, by=secretariat, file_name=FILE))[0][3]
        == "Решение «Р-2019/2»: это уже названо в строке 2."
    )


def test_what_the_portal_holds_is_named_by_day_number_and_heading(secretariat: User) -> None:
    city("Тверь", 69, joins="2001-01-01")
    two = base().decision("Р-2018/1", "20.06.2018", "assignment", number="5", title="О проекте «Умный город»")
    parties = {"responsible": "Все члены Союза", "controller": "Секретариат Союза"}
    for slug, on in (("Р-2018/1", "21.06.2018"), ("Р-2019/2", "21.06.2019")):
        two.step(PointAction.INSTRUCT, on, "", decision=slug, point=1, **parties)
    load(typed(two.promise("Тверь", decision="Р-2018/1", point=1)), by=secretariat, file_name=FILE)
    again = Folder().promise("Тверь", decision="Р-2019/2", point=1)
    faults = told(judge(typed(again), by=secretariat, file_name=FILE))
    other = "здесь другое: «решение от 20 июня 2018 г. № 5 „О проекте „Умный город““»"
    assert faults[0][3] == f"В портале у этого обязательства {other}. В файле: «Р-2019/2»."
