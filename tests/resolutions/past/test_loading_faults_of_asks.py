"""What cannot be loaded of asks."""

import pytest

from accounts.models import User
from resolutions.models import AskOutcome
from resolutions.past.loading import load
from tests.resolutions.past.folder import Folder
from tests.resolutions.past.test_loading_faults import FILE, NOBODY, Wrong, base, sent
from tests.resolutions.past.test_loading_faults import wrong as wrong  # the fixture, so named for pytest

pytestmark = pytest.mark.django_db


class TestAsks:
    """What letters ask for."""

    def test_an_appeal_asks(self, wrong: Wrong) -> None:
        expected = ("Письма", 2, "number", "На листе «Просьбы» нет ни одной просьбы этого письма.")
        assert wrong(base().letter()) == [expected]
        folder = base().letter().incoming("1", "10.07.2024").outcome("1", "10.07.2024", 1, AskOutcome.REFUSED)
        assert wrong(folder) == [expected]

    @pytest.mark.parametrize(
        ("said", "cell", "sentence"),
        [
            ({"letter": "9/24"}, "letter", "Письма № 9/24 от 5 июля 2024 г. нет ни в портале, ни на листе «Письма»."),
            ({"number": 0}, "number", "Просьбы нумеруют с единицы."),
            (
                {"renews": True},
                "renews",
                "Новую просьбу не повторяют: отметка «заново» – для просьбы более раннего письма.",
            ),
            ({"text": ""}, "text", "Просьбы 2 в более ранних письмах нет: напишите её текст, если она новая."),
            ({"number": 1}, "number", "Просьба 1 письма № 1/24: это уже названо в строке 2."),
        ],
    )
    def test_impossible(self, wrong: Wrong, said: dict[str, object], cell: str, sentence: str) -> None:
        folder = base().letter().ask().ask(**{"number": 2} | said)  # type: ignore[arg-type]
        assert wrong(folder) == [("Просьбы", 3, cell, sentence)]

    def test_numbers_of_a_point_are_given_once(self, wrong: Wrong) -> None:
        folder = base().letter().ask().letter("2/24").ask(1, "2/24")
        says = "Просьба 1 по этому пункту уже есть: она из письма № 1/24."
        assert wrong(folder) == [("Просьбы", 3, "number", says)]

    def test_a_broken_one_is_told_once(self, wrong: Wrong) -> None:
        """Neither who carries it again nor who answers another ask of the point is said to be wrong."""
        folder = sent(base()).ask(2, renews=True).letter("2/24").ask(2, "2/24", text="")
        folder.incoming("1", "10.07.2024", "Кто-то").outcome("1", "10.07.2024", 1, AskOutcome.REFUSED)
        says = "Новую просьбу не повторяют: отметка «заново» – для просьбы более раннего письма."
        assert wrong(folder) == [("Просьбы", 3, "renews", says)]

    def test_thanks_ask_nothing(self, wrong: Wrong) -> None:
        folder = base().letter(kind="gratitude", reply_days=None).ask()
        assert wrong(folder) == [("Просьбы", 2, "number", "Письма этого вида ни о чём не просят.")]

    def test_somebody_is_asked(self, wrong: Wrong) -> None:
        folder = base().letter(kind="circular", correspondent="", addressee="Всем", reply_days=None).ask()
        says = NOBODY
        assert wrong(folder) == [("Просьбы", 2, "letter", says)]

    def test_which_of_several(self, wrong: Wrong) -> None:
        """Letters that belong to no point count their asks by themselves."""
        folder = base()
        for number, to in (("1/24", "Город А"), ("2/24", "Город Б"), ("3/24", "Город В")):
            folder.letter(number, kind="circular", point=None, correspondent=to)
        folder.ask(1, "1/24").ask(1, "2/24").ask(1, "3/24", text="")
        says = "Просьб 1 несколько: напишите текст, если просьба новая."
        assert wrong(folder) == [("Просьбы", 4, "number", says)]

    def test_a_letter_that_is_there(self, wrong: Wrong, secretariat: User) -> None:
        load(sent(base()).rows, by=secretariat, file_name=FILE)
        folder = Folder().ask(1, text="другое").ask(2)
        assert wrong(folder) == [
            ("Просьбы", 2, "text", "В портале у этой просьбы здесь другое: «поддержать города». В файле: «другое»."),
            (
                "Просьбы",
                3,
                "number",
                "Письмо уже есть в портале и такой просьбы не несёт: просьбы письма определяет регистрация.",
            ),
        ]

    def test_a_letter_that_does_not_renew(self, wrong: Wrong, secretariat: User) -> None:
        load(sent(base()).rows, by=secretariat, file_name=FILE)
        says = "В портале письмо № 1/24 не повторяет просьбу 1."
        assert wrong(Folder().ask(1, text="", renews=True)) == [("Просьбы", 2, "renews", says)]
