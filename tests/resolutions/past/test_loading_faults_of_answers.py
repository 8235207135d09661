"""What cannot be loaded of what came in."""

import pytest

from accounts.models import User
from resolutions.models import AskOutcome, IncomingLetter, void_incoming
from resolutions.past.loading import load
from tests.resolutions.past.folder import GOVERNMENT, MINSTROY, Folder
from tests.resolutions.past.test_loading_faults import FILE, TOMORROW, Wrong, base, sent
from tests.resolutions.past.test_loading_faults import wrong as wrong  # the fixture, so named for pytest

pytestmark = pytest.mark.django_db
Facts = dict[str, object]
AHEAD = "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."
SATISFIED, INTERIM, FORWARDED, REFUSED = (
    AskOutcome.SATISFIED,
    AskOutcome.INTERIM,
    AskOutcome.FORWARDED,
    AskOutcome.REFUSED,
)


class TestIncoming:
    """Incoming letters and what they say."""

    @pytest.mark.parametrize(
        ("said", "cell", "sentence"),
        [
            ({"number": ""}, "number", "Укажите входящий номер."),
            ({"correspondent": ""}, "correspondent", "Укажите, от кого поступило письмо."),
            ({"on": TOMORROW}, "received_on", "Эта дата ещё не наступила."),
            ({"their_date": "11.07.2024"}, "their_date", "Письмо не может быть написано позже, чем поступило."),
            ({"number": "1" * 31}, "number", "Слишком длинно: знаков здесь 31, а помещается 30. Сократите."),
        ],
    )
    def test_impossible(self, wrong: Wrong, said: dict[str, str], cell: str, sentence: str) -> None:
        """What it says of asks is told nothing of."""
        facts = {"number": "1", "on": "10.07.2024"} | said
        folder = sent(base()).incoming(**facts).outcome(facts["number"], facts["on"], 1, SATISFIED)
        assert wrong(folder) == [("Входящие", 2, cell, sentence)]

    def test_a_number_twice(self, wrong: Wrong) -> None:
        folder = base().incoming("1", "10.07.2024").incoming("1", "11.07.2024")
        assert wrong(folder) == [("Входящие", 3, "number", "Входящий номер 1 в 2024 г.: это уже названо в строке 2.")]

    def test_another_one_is_there(self, wrong: Wrong, secretariat: User) -> None:
        load(sent(base()).incoming("1", "10.07.2024").rows, by=secretariat, file_name=FILE)
        taken = f"Входящий номер 1 в 2024 г. занят письмом от 10 июля 2024 г., отправитель: {GOVERNMENT}."
        assert wrong(Folder().incoming("1", "11.07.2024")) == [("Входящие", 2, "number", taken)]
        assert wrong(Folder().incoming("1", "10.07.2024", MINSTROY)) == [("Входящие", 2, "number", taken)]
        other = "В портале у этого входящего здесь пусто. В файле: «5»."
        assert wrong(Folder().incoming("1", "10.07.2024", their_number="5")) == [("Входящие", 2, "their_number", other)]
        silent = "Входящее уже есть в портале и об этой просьбе ничего не говорит: исправьте запись о нём в портале."
        assert wrong(Folder().outcome("1", "10.07.2024", 1, SATISFIED)) == [("Исходы", 2, "number", silent)]

    def test_a_voided_one_keeps_its_number(self, wrong: Wrong, secretariat: User) -> None:
        load(base().incoming("1", "10.07.2024").rows, by=secretariat, file_name=FILE)
        letter = IncomingLetter.objects.get()
        void_incoming(letter.entries.get(), reason="Ошибка.", version=letter.version, by=secretariat)
        says = "Запись о входящем с этим номером в портале отменена: номер остаётся за ней."
        assert wrong(Folder().incoming("1", "10.07.2024")) == [("Входящие", 2, "number", says)]

    @pytest.mark.parametrize(
        ("outcome", "said", "cell", "sentence"),
        [
            (
                SATISFIED,
                {"incoming": "9"},
                "incoming",
                "Входящего № 9 от 10 июля 2024 г. нет ни в портале, ни на листе «Входящие».",
            ),
            (
                SATISFIED,
                {"of": "9/24"},
                "letter",
                "Письма № 9/24 от 5 июля 2024 г. нет ни в портале, ни на листе «Письма».",
            ),
            (SATISFIED, {"number": 5}, "number", "Письмо № 1/24 от 5 июля 2024 г. просьбы 5 не несёт."),
            (
                SATISFIED,
                {"until": "01.09.2024"},
                "outcome",
                "Срок и новый адресат бывают только у промежуточного ответа и перенаправления.",
            ),
            (INTERIM, {"until": "01.07.2024"}, "until", "Срок не может быть раньше дня, когда письмо поступило."),
            (INTERIM, {"until": "01.07.2124"}, "until", "Проверьте год: срок не может быть позже 2100 года."),
            (
                INTERIM,
                {"forwarded_to": MINSTROY},
                "forwarded_to",
                "Промежуточный ответ не меняет того, кто должен ответить: выберите «Перенаправлена».",
            ),
            (FORWARDED, {}, "forwarded_to", "Укажите, кому просьбу перенаправили."),
            (FORWARDED, {"forwarded_to": GOVERNMENT}, "outcome", "Просьба 1. Укажите, кому просьбу перенаправили."),
            (
                SATISFIED,
                {"on": "07.07.2024"},
                "outcome",
                "Просьба 1. Письмо с этой просьбой отправлено 8 июля 2024 г.: раньше ответ не мог прийти.",
            ),
            (SATISFIED, {"by": MINSTROY}, "outcome", "Просьба 1. Этой просьбы в адрес этого органа не направляли."),
        ],
    )
    def test_outcomes(
        self, wrong: Wrong, outcome: AskOutcome, said: dict[str, object], cell: str, sentence: str
    ) -> None:
        on, by = str(said.pop("on", "10.07.2024")), str(said.pop("by", GOVERNMENT))
        facts = {"incoming": "1", "number": 1} | said
        folder = sent(base()).incoming("1", on, by).outcome(on=on, outcome=outcome, **facts)  # type: ignore[arg-type]
        assert wrong(folder) == [("Исходы", 2, cell, sentence)]

    def test_an_ask_is_answered_once_a_letter(self, wrong: Wrong) -> None:
        folder = sent(base()).incoming("1", "10.07.2024")
        folder.outcome("1", "10.07.2024", 1, INTERIM).outcome("1", "10.07.2024", 1, SATISFIED)
        assert wrong(folder) == [("Исходы", 3, "number", "Исход: просьба 1: это уже названо в строке 2.")]

    def test_another_outcome_is_there(self, wrong: Wrong, secretariat: User) -> None:
        said = {"until": "01.09.2024", "forwarded_to": MINSTROY}
        folder = sent(base()).incoming("1", "10.07.2024").outcome("1", "10.07.2024", 1, FORWARDED, **said)
        load(folder.rows, by=secretariat, file_name=FILE)
        other = "В портале у этого исхода здесь другое"
        said = {"until": "02.09.2024", "forwarded_to": "Минтранс России"}
        assert wrong(Folder().outcome("1", "10.07.2024", 1, INTERIM, **said)) == [
            ("Исходы", 2, "outcome", f"{other}: «Перенаправлена». В файле: «Промежуточный ответ»."),
            ("Исходы", 2, "until", f"{other}: 1 сентября 2024 г. В файле: 2 сентября 2024 г."),
            ("Исходы", 2, "forwarded_to", f"{other}: «Минстрой России». В файле: «Минтранс России»."),
        ]

    def test_what_came_later_would_be_impossible(self, wrong: Wrong, secretariat: User) -> None:
        """A final answer that is loaded makes the interim one impossible that the portal holds."""
        folder = sent(base()).incoming("2", "20.07.2024").outcome("2", "20.07.2024", 1, INTERIM)
        load(folder.rows, by=secretariat, file_name=FILE)
        folder = Folder().incoming("1", "10.07.2024").outcome("1", "10.07.2024", 1, REFUSED)
        ((sheet, row, cell, sentence),) = wrong(folder)
        assert (sheet, row, cell) == ("Исходы", 2, "outcome")
        assert sentence.startswith(
            "Станет невозможной более поздняя запись «Вх. № 2» от 20 июля 2024 г. (просьба 1): по"
        )
