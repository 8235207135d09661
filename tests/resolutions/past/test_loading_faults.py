"""What cannot be loaded, each with its cell and its sentence; nothing is written then."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from resolutions.models import AskOutcome, Channel, Letter, PointAction, Resolution
from resolutions.past.loading import PastRefused, judge, load
from tests.municipalities.factory import city
from tests.resolutions.factory import decision as adopted_decision
from tests.resolutions.past.folder import GOVERNMENT, MINSTROY, SLUG, Folder, told

pytestmark = pytest.mark.django_db
FILE = "Папка.xlsx"
INSTRUCT, NOTE, REPORT, CLOSE = PointAction.INSTRUCT, PointAction.NOTE, PointAction.REPORT, PointAction.CLOSE
START, REQUEST, EXTEND, RESULT = PointAction.START, PointAction.REQUEST, PointAction.EXTEND, PointAction.RESULT
Said = list[tuple[str, int, str, str]]
TOMORROW = f"{timezone.localdate() + dt.timedelta(1):%d.%m.%Y}"

NOBODY = "Укажите в тексте письма корреспондента – орган, который должен ответить."


def base() -> Folder:
    """A decision with an instructed appeal."""
    return Folder().decision(SLUG, "27.06.2024", "recommendation", "appeal", "gratitude")


def sent(folder: Folder) -> Folder:
    """With an appeal that was sent."""
    return folder.letter(sent_on="08.07.2024").ask(1)


@pytest.fixture
def wrong(secretariat: User) -> Callable[[Folder], Said]:
    """What is wrong with rows: told by judging, and refused by loading, which writes nothing."""

    def faults_of(folder: Folder) -> Said:
        judged = judge(folder.rows, by=secretariat, file_name=FILE)
        before = (Resolution.objects.count(), Letter.objects.count())
        with pytest.raises(PastRefused) as refused:
            load(folder.rows, by=secretariat, file_name=FILE)
        assert refused.value.faults == judged.faults
        assert (Resolution.objects.count(), Letter.objects.count()) == before
        return told(judged)

    return faults_of


Wrong = Callable[[Folder], Said]


class TestDecisions:
    """The decisions themselves, and their points."""

    def test_twice(self, wrong: Wrong) -> None:
        says = f"Решение «{SLUG}»: это уже названо в строке 2."
        assert wrong(base().decision()) == [("Решения", 3, "decision", says)]

    @pytest.mark.parametrize(
        ("cell", "said", "sentence"),
        [
            ("on", TOMORROW, "Дата решения ещё не наступила: принять его можно не раньше этого дня."),
            ("on", "27.06.1924", "Проверьте год: дата решения должна быть между 1990 и 2100 годом."),
            ("signatory_name", "", "Укажите в тексте решения, кто его подписывает."),
            ("title", "", "Заполните ячейку."),
        ],
    )
    def test_impossible(self, wrong: Wrong, cell: str, said: object, sentence: str) -> None:
        folder = Folder().decision(**{cell: said}).point()  # type: ignore[arg-type]
        field = "adopted_on" if cell == "on" else cell
        assert wrong(folder) == [("Решения", 2, field, sentence)]

    def test_address(self, wrong: Wrong) -> None:
        ((*place, sentence),) = wrong(Folder().decision("решение 5").point("решение 5"))
        assert place == ["Решения", 2, "decision"]
        assert "латинских букв, цифр" in sentence
        ((*_, taken),) = wrong(Folder().decision("past").point("past"))
        assert "этот адрес занят другой страницей портала" in taken

    def test_a_broken_one_is_told_once(self, wrong: Wrong) -> None:
        """Its points, letters, asks, answers and steps say nothing of their own."""
        folder = Folder().decision(SLUG, TOMORROW, "recommendation", "appeal")
        sent(folder).incoming("1", "10.07.2024").outcome("1", "10.07.2024", 1, AskOutcome.REFUSED)
        folder.letter("2/24").ask(1, "2/24", text="").step(NOTE, "10.07.2024")
        assert {place for place, *_ in wrong(folder)} == {"Решения"}

    def test_without_points(self, wrong: Wrong) -> None:
        assert wrong(Folder().decision()) == [("Решения", 2, "decision", "В решении нет ни одного пункта.")]

    def test_points(self, wrong: Wrong) -> None:
        folder = Folder().decision().point(number=1, kind="нечто").point(number=0).point(text="")
        folder.point("other")
        kinds = "«Рекомендация», «Обращение», «Благодарность», «Поручение»"
        assert wrong(folder) == [
            ("Пункты", 2, "kind", f"Такого вида пунктов нет. Есть: {kinds}."),
            ("Пункты", 3, "number", "Пункты считают с первого."),
            ("Пункты", 4, "number", f"Пункт 1 решения «{SLUG}»: это уже названо в строке 2."),
            ("Пункты", 5, "decision", "Решения «other» нет ни в портале, ни на листе «Решения»."),
        ]

    def test_draft(self, wrong: Wrong, secretariat: User) -> None:
        adopted_decision("appeal", by=secretariat, slug=SLUG, adopt=False)
        still = "Решение ещё не принято: примите его в портале, и только потом загружайте, как его исполняли."
        assert wrong(Folder().decision().point()) == [("Решения", 2, "decision", still)]
        assert wrong(Folder().step(NOTE, "01.07.2024", point=1)) == [("Ход и итоги", 2, "decision", still)]

    def test_another_one_is_there(self, wrong: Wrong, secretariat: User) -> None:
        load(base().rows, by=secretariat, file_name=FILE)
        folder = Folder().decision(title="Об ином", place="", preamble=("Да.",)).point(text="Иное.")
        folder.point(number=4).point(number=2, kind="assignment", text="Сделать дело 2.")
        assert wrong(folder) == [
            (
                "Решения",
                2,
                "title",
                "В портале у этого решения здесь другое: «О развитии городов». В файле: «Об ином».",
            ),
            ("Решения", 2, "preamble", "В портале у этого решения здесь пусто. В файле: «Да.»."),
            ("Пункты", 2, "kind", "В портале у пункта 1 здесь другое: «Рекомендация». В файле: «Поручение»."),
            ("Пункты", 2, "text", "В портале у пункта 1 здесь другое: «Сделать дело 1.». В файле: «Иное.»."),
            (
                "Пункты",
                3,
                "number",
                "Решение уже есть в портале и принято без такого пункта: новых пунктов в нём не бывает.",
            ),
            ("Пункты", 4, "kind", "В портале у пункта 2 здесь другое: «Обращение». В файле: «Поручение»."),
        ]


class TestLetters:
    """Letters and their ways."""

    @pytest.mark.parametrize(
        ("said", "cell", "sentence"),
        [
            ({"decision": "no"}, "decision", "Решения «no» нет ни в портале, ни на листе «Решения»."),
            ({"point": 9}, "point", f"Пункта 9 в решении «{SLUG}» нет."),
            ({"kind": "повестка"}, "kind", "Такого вида писем нет. Есть: Обращение, Благодарность, Рассылка."),
            ({"number": ""}, "number", "Укажите номер письма."),
            ({"on": "26.06.2024"}, "date", "Дата письма не может быть раньше даты решения."),
            ({"on": TOMORROW}, "date", "Эта дата ещё не наступила."),
            ({"correspondent": "", "addressee": "Куда-то"}, "correspondent", NOBODY),
            ({"reply_days": 400}, "reply_days", "Число не бывает больше 365. Здесь: 400."),
            ({"sent_on": "08.07.2024", "channel": None}, "channel", "Укажите, как письмо отправлено."),
            ({"channel": Channel.POST}, "sent_on", "Укажите, когда письмо отправлено."),
            ({"sent_on": "04.07.2024"}, "sent_on", "Отправляют зарегистрированное письмо, и один раз."),
            ({"delivered_on": "09.07.2024"}, "delivered_on", "Вручают отправленное письмо, и один раз."),
            (
                {"sent_on": "08.07.2024", "delivered_on": "07.07.2024"},
                "delivered_on",
                "Вручают отправленное письмо, и один раз.",
            ),
            (
                {"sent_on": "08.07.2024", "annulled_on": "09.07.2024"},
                "annulled_on",
                "Письмо отправлено: аннулировать его нельзя. Направьте следующее письмо.",
            ),
            (
                {"sent_on": "08.07.2024", "annulled_on": "06.07.2024"},
                "sent_on",
                "Письмо аннулировано: с ним больше ничего не делают.",
            ),
            (
                {"correspondent": "А" * 251},
                "correspondent",
                "Слишком длинно: знаков здесь 251, а помещается 250. Сократите.",
            ),
        ],
    )
    def test_impossible(self, wrong: Wrong, said: dict[str, object], cell: str, sentence: str) -> None:
        ask = (str(said.get("number", "1/24")), str(said.get("on", "05.07.2024")))
        assert wrong(base().letter(**said).ask(1, *ask)) == [("Письма", 2, cell, sentence)]  # type: ignore[arg-type]

    def test_thanks_wait_for_nothing(self, wrong: Wrong) -> None:
        folder = base().letter(kind="gratitude", correspondent="", addressee="Докладчику")
        folder.letter("2/24", kind="gratitude", correspondent="", reply_days=None)
        assert wrong(folder) == [
            ("Письма", 2, "reply_days", "Ответа на такое письмо не ждут: срока у него нет."),
            ("Письма", 3, "addressee", "Заполните ячейку."),
        ]

    def test_a_number_twice(self, wrong: Wrong) -> None:
        folder = base().letter().ask().letter("1/24", "06.07.2024")
        assert wrong(folder) == [("Письма", 3, "number", "Исходящий номер 1/24 в 2024 г.: это уже названо в строке 2.")]

    def test_a_number_of_another_letter(self, wrong: Wrong, secretariat: User) -> None:
        load(sent(base()).rows, by=secretariat, file_name=FILE)
        says = (
            f"Исходящий номер 1/24 в 2024 г. занят письмом «Обращение: {GOVERNMENT}» от 5 июля 2024 г. "
            "по решению от 27 июня 2024 г. «О развитии городов»."
        )
        expected = [("Письма", 2, "number", says)]
        assert wrong(Folder().letter(on="06.07.2024")) == expected
        assert wrong(Folder().letter(correspondent=MINSTROY)) == expected
        assert wrong(Folder().letter(point=1)) == expected
        own = Folder().letter(correspondent=MINSTROY).ask(1, text="другое").ask(2).incoming("1", "10.07.2024", MINSTROY)
        own.outcome("1", "10.07.2024", 2, AskOutcome.REFUSED)
        assert wrong(own) == expected, "what its rows say is measured by the stranger that has the number"

    def test_another_way_of_the_same_letter(self, wrong: Wrong, secretariat: User) -> None:
        load(sent(base()).rows, by=secretariat, file_name=FILE)
        folder = Folder().letter(sent_on="09.07.2024", channel=Channel.EMAIL, delivered_on="10.07.2024", reply_days=10)
        other = "В портале у этого письма здесь другое"
        assert wrong(folder) == [
            ("Письма", 2, "sent_on", f"{other}: 8 июля 2024 г. В файле: 9 июля 2024 г."),
            ("Письма", 2, "delivered_on", "В портале у этого письма здесь пусто. В файле: 10 июля 2024 г."),
            ("Письма", 2, "channel", f"{other}: «Почтой». В файле: «Электронной почтой»."),
            ("Письма", 2, "reply_days", f"{other}: «30». В файле: «10»."),
        ]

    def test_a_name_that_cannot_be_stored_is_wrong_wherever_it_stands(self, wrong: Wrong) -> None:
        folder = base().letter(correspondent="А" * 251).ask().letter("2/24", correspondent="А" * 251).ask(2, "2/24")
        says = "Слишком длинно: знаков здесь 251, а помещается 250. Сократите."
        assert wrong(folder) == [("Письма", row, "correspondent", says) for row in (2, 3)]

    def test_two_cities_of_a_name(self, wrong: Wrong) -> None:
        city("Ржев", 1)
        city("Ржев", 2, region="Другая область")
        ((*_, sentence),) = wrong(base().letter(correspondent="Ржев").ask())
        assert sentence == (
            "Так называются несколько муниципальных образований: «Ржев (Тверская область)», «Ржев (Другая область)». "
            "Укажите с регионом."
        )
