"""What cannot be loaded of steps."""

import pytest

from accounts.models import User
from municipalities.models import Succession
from resolutions.models import AskOutcome, DecisionPoint, PointAction, PointResult
from resolutions.past.loading import load
from resolutions.past.rows import Sheet
from tests.municipalities.factory import city
from tests.resolutions.factory import point_step, void
from tests.resolutions.past.folder import SLUG, Folder, day
from tests.resolutions.past.test_loading_faults import FILE, TOMORROW, Wrong, base
from tests.resolutions.past.test_loading_faults import wrong as wrong  # the fixture, so named for pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Facts = dict[str, object]
AHEAD = "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."
SATISFIED, INTERIM, FORWARDED, REFUSED = (
    AskOutcome.SATISFIED,
    AskOutcome.INTERIM,
    AskOutcome.FORWARDED,
    AskOutcome.REFUSED,
)


def steps() -> Folder:
    """A decision with an appeal that was instructed."""
    parties = {"responsible": "Секретариат Союза", "controller": "Председатель Союза", "due_on": "27.12.2024"}
    return base().step(PointAction.INSTRUCT, "28.06.2024", "", **parties)


class TestSteps:
    """Steps of points."""

    @pytest.mark.parametrize(
        ("action", "said", "cell", "sentence"),
        [
            ("note", {"decision": "no"}, "decision", "Решения «no» нет ни в портале, ни на листе «Решения»."),
            ("note", {"point": 9}, "point", f"Пункта 9 в решении «{SLUG}» нет."),
            ("note", {"on": "26.06.2024"}, "happened_on", "Дата исполнения не может быть раньше даты решения."),
            ("note", {"on": TOMORROW}, "happened_on", "Дата исполнения не может быть в будущем."),
            ("note", {"text": ""}, "text", "Напишите: что сделано."),
            ("note", {"responsible": "Тверь"}, "responsible", "Ответственного называет поручение."),
            ("note", {"controller": "Тверь"}, "controller", "Контролирующего называет поручение."),
            ("note", {"due_on": "27.12.2024"}, "due_on", "Срок называют поручение и изменение срока."),
            (
                "note",
                {"result": PointResult.PARTLY},
                "result",
                "Результат называют доклад, снятие с контроля и особый шаг «Назван результат».",
            ),
            ("note", {"result_reason": "Да."}, "result_reason", "Причину результата называют там же, где результат."),
            (
                "note",
                {"asked_due_on": "27.12.2024"},
                "asked_due_on",
                "Запрошенный срок бывает только у просьбы о другом сроке.",
            ),
            ("measure", {}, "action", "Такого шага в книге нет: чем измеряется исполнение, выбирают в портале."),
            (
                "instruct",
                {"text": "Так."},
                "responsible",
                "Поручение ничего не говорит: назовите ответственного, контролирующего или срок.",
            ),
            ("instruct", {"due_on": "01.07.2024"}, "due_on", "Срок не может быть раньше дня самого шага."),
            ("instruct", {"due_on": "01.07.2124"}, "due_on", "Проверьте год: срок не может быть позже 2100 года."),
            (
                "instruct",
                {"responsible": "Тверь", "controller": "тверь"},
                "controller",
                "Кто исполняет пункт, тот его не контролирует: выберите другого контролирующего.",
            ),
            (
                "instruct",
                {"responsible": "А" * 251},
                "responsible",
                "Слишком длинно: знаков здесь 251, а помещается 250. Сократите.",
            ),
            ("report", {}, "result", "Назовите результат."),
            ("report", {"result": PointResult.UNNAMED}, "result", "Назовите результат."),
            (
                "close",
                {"result": PointResult.PARTLY},
                "happened_on",
                "Снять с контроля можно пункт, об исполнении которого доложено.",
            ),
            ("request", {}, "asked_due_on", "Укажите, какой срок нужен."),
            ("request", {"asked_due_on": "01.07.2024"}, "asked_due_on", "Срок не может быть раньше дня самого шага."),
            (
                "request",
                {"asked_due_on": "01.07.2124"},
                "asked_due_on",
                "Проверьте год: срок не может быть позже 2100 года.",
            ),
            ("request", {"asked_due_on": "27.12.2024"}, "asked_due_on", "Это прежний срок: укажите другой день."),
            ("extend", {"due_on": "27.12.2024"}, "due_on", "Это прежний срок: укажите другой день."),
        ],
    )
    def test_impossible(self, wrong: Wrong, action: str, said: dict[str, object], cell: str, sentence: str) -> None:
        facts = {"on": "10.07.2024", "text": "Сделано."} | said
        folder = steps().step(PointAction(action), **facts)  # type: ignore[arg-type]
        assert wrong(folder) == [("Ход и итоги", 3, cell, sentence)]

    def test_nothing_to_lift(self, wrong: Wrong) -> None:
        folder = base().step(PointAction.EXTEND, "10.07.2024", "Срок снят.")
        assert [one[2:] for one in wrong(folder)] == [
            ("happened_on", "Срок ещё не установлен: его назначает поручение.")
        ]

    def test_what_is_there_would_be_impossible(self, wrong: Wrong, secretariat: User) -> None:
        result = {"result": PointResult.PARTLY}
        folder = steps().step(PointAction.START, "01.07.2024").step(PointAction.REPORT, "20.07.2024", **result)
        load(folder.rows, by=secretariat, file_name=FILE)
        later = "«Доложено об исполнении» от 20 июля 2024 г.: доложить можно о пункте, который в работе."
        assert wrong(Folder().step(PointAction.REPORT, "10.07.2024", **result)) == [
            (
                "Ход и итоги",
                2,
                "happened_on",
                f"Станет невозможной более поздняя запись {later}",
            )
        ]

    def test_what_was_voided_does_not_come_back(self, wrong: Wrong, secretariat: User) -> None:
        """Unless it was typed once more: then it is known."""
        folder = Folder().step(PointAction.START, "01.07.2024", "Начали.", point=1)
        load(base().step(PointAction.START, "01.07.2024", "Начали.", point=1).rows, by=secretariat, file_name=FILE)
        point = DecisionPoint.objects.get(number=1)
        void(point.progress.get(), by=secretariat)
        said = "Такая запись в портале уже была и отменена: удалите строку или внесите шаг на карточке пункта."
        assert [one[2:] for one in wrong(folder)] == [("action", said)]
        point_step(point, "start", by=secretariat, on=day("01.07.2024"), text="Начали.")
        assert not sum(load(folder.rows, by=secretariat, file_name=FILE).added.values())

    def test_a_row_that_is_wrong_says_nothing_of_the_next(self, wrong: Wrong) -> None:
        folder = steps().step(PointAction.START, TOMORROW)
        folder.step(PointAction.REPORT, "20.07.2024", result=PointResult.PARTLY)
        assert [one[1] for one in wrong(folder)] == [3]

    def test_other_parties_are_there(self, wrong: Wrong, secretariat: User) -> None:
        city("Тверь", 1)
        load(steps().rows, by=secretariat, file_name=FILE)
        said = {"responsible": "Тверь", "controller": "председатель союза", "due_on": "27.12.2024"}
        other = "В портале в этом поручении ответственный другой: «Секретариат Союза». В файле: «Тверь»."
        assert wrong(Folder().step(PointAction.INSTRUCT, "28.06.2024", "", **said)) == [
            ("Ход и итоги", 2, "responsible", other)
        ]

    def test_a_step_that_was_mended_in_the_book(self, wrong: Wrong, secretariat: User) -> None:
        """It is not added beside the wrong one, which is voided on the card of the point."""
        report = {"result": PointResult.PARTLY, "result_reason": "Не всё."}
        begun = steps().step(PointAction.START, "29.06.2024", "Начали.")
        load(begun.step(PointAction.REPORT, "30.06.2024", "Сделано.", **report).rows, by=secretariat, file_name=FILE)
        mended = Folder().step(PointAction.INSTRUCT, "28.06.2024", "", due_on="28.12.2024")
        mended.step(PointAction.START, "29.06.2024", "Начато.")
        mended.step(PointAction.REPORT, "30.06.2024", "Сделано.", result=PointResult.REFUSED, result_reason="Не всё.")
        other = "В портале у этого шага здесь другое"
        assert wrong(mended) == [
            ("Ход и итоги", 2, "due_on", f"{other}: 27 декабря 2024 г. В файле: 28 декабря 2024 г."),
            ("Ход и итоги", 3, "text", f"{other}: «Начали.». В файле: «Начато.»."),
            ("Ход и итоги", 4, "result", f"{other}: «Достигнуто частично». В файле: «Отказано»."),
        ]

    @pytest.mark.parametrize(
        "further",
        [
            [(PointAction.NOTE, "Иное.", {})],
            [(PointAction.INSTRUCT, "", {"controller": "Председатель Союза"})],
            [
                (PointAction.INSTRUCT, "", {"responsible": "Секретариат Союза"}),
                (PointAction.INSTRUCT, "", {"due_on": "28.12.2024"}),
            ],
        ],
    )
    def test_a_further_step_of_the_same_day_is_new(
        self, secretariat: User, further: list[tuple[PointAction, str, dict[str, str]]]
    ) -> None:
        """A note always is; another step where the book has more of them, or it speaks of something else."""
        held = base().step(PointAction.INSTRUCT, "28.06.2024", "Поручено устно.", responsible="Секретариат Союза")
        load(held.step(PointAction.NOTE, "28.06.2024").rows, by=secretariat, file_name=FILE)
        folder = Folder()
        for action, text, said in further:
            folder.step(action, "28.06.2024", text, **said)
        assert load(folder.rows, by=secretariat, file_name=FILE).added == {Sheet.STEPS: len(further)}

    def test_a_row_that_was_copied(self, wrong: Wrong) -> None:
        folder = base()
        for text in ("Звонили.", "Звонили.", "Писали."):
            folder.step(PointAction.NOTE, "01.07.2024", text)
        sentence = "Такой же шаг уже есть в строке 2: удалите лишнюю строку."
        assert wrong(folder) == [("Ход и итоги", 3, "action", sentence)]

    def test_two_cities_of_a_name(self, wrong: Wrong) -> None:
        city("Ржев", 1)
        city("Ржев", 2, region="Другая область")
        ((*place, sentence),) = wrong(base().step(PointAction.INSTRUCT, "28.06.2024", responsible="Ржев"))
        assert place == ["Ход и итоги", 2, "responsible"]
        assert "Ржев (Другая область)" in sentence

    @pytest.mark.loose_ledgers  # it is a member still
    def test_a_city_that_is_part_of_another(self, wrong: Wrong) -> None:
        town, tver = city("Слобода", 1), city("Тверь", 2)
        facts = {"happened_on": "2024-07-01", "basis": "Закон", "actor_name": "Кто-то"}
        Succession.objects.create(successor=tver, predecessor=town, **facts)
        folder = base().step(PointAction.INSTRUCT, "30.06.2024", "", responsible="Слобода")
        folder.step(PointAction.INSTRUCT, "01.07.2024", "", responsible="Слобода")
        says = "В этот день муниципальное образование уже вошло в состав другого: выберите правопреемника."
        assert wrong(folder) == [("Ход и итоги", 3, "responsible", says)]
