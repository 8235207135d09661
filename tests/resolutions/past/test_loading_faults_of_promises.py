"""What cannot be loaded of promises."""

import pytest

from accounts.models import User
from resolutions.models import AskOutcome
from resolutions.past.loading import load
from tests.municipalities.factory import city, left
from tests.resolutions.past.folder import SLUG, Folder
from tests.resolutions.past.test_loading_faults import FILE, TOMORROW, Wrong, base
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


class TestPromises:
    """Promises of members."""

    @pytest.mark.parametrize(
        ("said", "cell", "sentence"),
        [
            ({"municipality": "Псков"}, "municipality", "Муниципального образования «Псков» в портале нет."),
            ({"decision": SLUG}, "point", "Укажите и решение, и пункт, или оставьте пустым то и другое."),
            ({"point": 2}, "decision", "Укажите и решение, и пункт, или оставьте пустым то и другое."),
            ({"decision": SLUG, "point": 9}, "point", f"Пункта 9 в решении «{SLUG}» нет."),
            (
                {"decision": SLUG, "point": 2},
                "point",
                "В этот день пункт не был обращён к этому муниципальному образованию.",
            ),
            ({"what": ""}, "what", "Напишите, какое мероприятие обещано."),
            ({"who": ""}, "who", "Укажите, кто отвечает за обязательство."),
            ({"made_on": TOMORROW, "due_on": "01.01.2100"}, "made_on", AHEAD),
            ({"due_on": "01.07.2024"}, "due_on", "Срок не может быть раньше дня самой записи."),
            ({"due_on": "01.07.2124"}, "due_on", "Проверьте год: срок не может быть позже 2100 года."),
            ({"kept_on": "01.07.2024"}, "kept_on", "Обязательства ещё нет: сначала его берут."),
            ({"kept_on": TOMORROW}, "kept_on", AHEAD),
            ({"dropped_on": "02.08.2024"}, "reason", "Укажите, почему обязательство снято."),
            ({"reason": "Нет средств."}, "dropped_on", "Укажите, когда обязательство снято."),
            (
                {"kept_on": "02.08.2024", "dropped_on": "03.08.2024", "reason": "Нет."},
                "dropped_on",
                "Обязательство либо исполнено, либо снято: укажите что-то одно.",
            ),
        ],
    )
    def test_impossible(self, wrong: Wrong, said: dict[str, object], cell: str, sentence: str) -> None:
        city("Тверь", 1)
        assert wrong(base().promise(**{"municipality": "Тверь"} | said)) == [("Обязательства", 2, cell, sentence)]  # type: ignore[arg-type]

    def test_no_member(self, wrong: Wrong) -> None:
        left(city("Тверь", 1), "2024-07-01")
        says = "Обязательства берут члены Союза, а Тверь на 1 августа 2024 г. в него не входит."
        assert wrong(Folder().promise("Тверь")) == [("Обязательства", 2, "municipality", says)]

    def test_twice(self, wrong: Wrong) -> None:
        city("Тверь", 1)
        says = "Обязательство: это уже названо в строке 2."
        assert wrong(Folder().promise("Тверь").promise("тверь")) == [("Обязательства", 3, "what", says)]

    def test_another_one_is_there(self, wrong: Wrong, secretariat: User) -> None:
        city("Тверь", 1)
        said = {"dropped_on": "01.09.2024", "reason": "Нет средств."}
        load(base().promise("Тверь", **said).rows, by=secretariat, file_name=FILE)
        other, empty = (f"В портале у этого обязательства здесь {what}" for what in ("другое", "пусто"))
        said = {"dropped_on": "02.09.2024", "reason": "Нет.", "due_on": "02.12.2024", "decision": SLUG}
        assert wrong(Folder().promise("Тверь", point=1, **said)) == [
            ("Обязательства", 2, "due_on", f"{other}: 1 декабря 2024 г. В файле: 2 декабря 2024 г."),
            ("Обязательства", 2, "point", f"{empty}. В файле: «1»."),
            ("Обязательства", 2, "decision", f"{empty}. В файле: «{SLUG}»."),
            ("Обязательства", 2, "dropped_on", f"{other}: 1 сентября 2024 г. В файле: 2 сентября 2024 г."),
            ("Обязательства", 2, "reason", f"{other}: «Нет средств.». В файле: «Нет.»."),
        ]

    def test_kept_and_dropped(self, wrong: Wrong, secretariat: User) -> None:
        city("Тверь", 1)
        load(Folder().promise("Тверь", kept_on="01.09.2024").rows, by=secretariat, file_name=FILE)
        ((*place, sentence),) = wrong(Folder().promise("Тверь", dropped_on="02.09.2024", reason="Нет."))
        assert place == ["Обязательства", 2, "dropped_on"]
        assert sentence == "Снять можно обязательство, которое ждёт принятия или выполняется."
