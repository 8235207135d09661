"""What a recommendation is measured by is chosen in the browser; every number names of whom, and opens its rows."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.accepted import accepted_answers
from municipalities.surveys.models import RoundAction, SurveyRound
from resolutions.execution.fulfilment import fulfilment_of
from resolutions.forms.measures import NOT_OFFERED
from resolutions.models import DecisionPoint, Measure, MeasureCode, MemberReport, NewMemberReport, Party
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.municipalities.practices.factory import mark, practice
from tests.municipalities.surveys.factory import a_round, question, response_of, say
from tests.municipalities.test_naming import called
from tests.resolutions.factory import DAY, point_step
from tests.resolutions.steps import Life, assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def life(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> Life:
    """A recommendation that names nobody's experience, and two members."""
    return Life(client_for, point)


def told(life: Life) -> str:
    """What the card says is done."""
    return " ".join(strip_tags(life.page(None)).split())


def choose(life: Life, secretariat: User, **said: Any) -> None:
    life.does(secretariat, "measure", "2024-07-05", text="", **said)


def test_without_a_choice_nothing_is_counted(life: Life) -> None:
    assert life.point.measure == Measure()
    assert fulfilment_of(life.point).sentence == ""


def test_participation_is_counted_of_all_members(life: Life, secretariat: User) -> None:
    choose(life, secretariat, measures=["participation"])
    assert "Участвуют в проекте: 0 муниципальных образований из 2." in told(life)
    assert "Используют опыт" not in told(life)


def test_an_experience_is_counted_of_the_others(
    life: Life, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    mark(practice(kostroma), arkhangelsk, "introducing")
    choose(life, secretariat, measures=["experience"], measured_owner=kostroma.pk)
    assert "Используют опыт: 1 из 1." in told(life)
    assert "practices/uptake/?municipality=kostroma" in life.page(None)
    assert fulfilment_of(life.point).can_be_reported


def test_reports_are_counted_of_all_members(life: Life, secretariat: User, kostroma: Municipality) -> None:
    assign(life.point, Party.objects.all_members(), by=secretariat)
    choose(life, secretariat, measures=["reports"])
    report = MemberReport.objects.create(point=life.point, municipality=kostroma)
    report.report(NewMemberReport(dt.date(2024, 9, 1), "Сделано."), version=1, by=secretariat)
    assert "Доложили об исполнении: 1 из 2." in told(life)
    before = fulfilment_of(life.point, dt.date(2024, 8, 31))
    assert (before.done, before.total, before.remaining) == (0, 2, "Ещё не доложили: 2 из 2.")


def test_accepted_answers_are_counted_of_those_asked(
    life: Life, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    asked = a_round(kostroma, arkhangelsk)
    one = question(asked)
    asked.move(RoundAction.OPEN, by=secretariat)
    choose(life, secretariat, measures=["answers"], measured_question=one.pk)
    assert f"Приняты ответы на вопрос «{one.text}»: 0 из 2." in told(life)
    given = say(response_of(asked, kostroma), answers={one.pk: 7})
    given.accept(version=given.version, by=secretariat)
    assert f"Приняты ответы на вопрос «{one.text}»: 1 из 2." in told(life)
    address = reverse("point_answers", args=[life.point.resolution.slug, life.point.number])
    rows = life.client_for(None).get(address, {"part": "accepted"}).content.decode()
    assert "Кострома" in rows
    assert "Архангельск" not in rows.partition("<table")[2]
    assert "Архангельск" in life.client_for(None).get(address).content.decode()
    early = {"as_of": "2024-07-06"}
    assert "<table" not in life.client_for(None).get(address, early).content.decode()


def test_those_asked_have_the_names_of_the_day(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    asked = a_round(kostroma, arkhangelsk)
    one = question(asked)
    asked.move(RoundAction.OPEN, by=secretariat)
    SurveyRound.objects.update(opens_on="2025-02-01")
    with at("2026-03-01 12:00"):
        called(arkhangelsk, "2025-07-01", by=secretariat, name="Яркий")

    def names(day: str) -> list[str]:
        found = accepted_answers([one.pk], dt.date.fromisoformat(day))[one.pk]
        return [row.municipality.name_then for row in found.rows]

    assert names("2025-06-30") == ["Архангельск", "Кострома"]
    assert names("2025-07-01") == ["Кострома", "Яркий"]


def test_a_choice_says_what_is_counted_and_the_same_again_changes_nothing(
    life: Life, secretariat: User, kostroma: Municipality
) -> None:
    said = {"measures": ["experience", "reports"], "measured_owner": kostroma.pk}
    choose(life, secretariat, **said)
    assert "Считается: использование опыта (Кострома), доклады членов Союза." in life.page(None)
    again = life.tries(secretariat, "measure", "2024-07-06", text="", **said)
    assert again.status_code == 422
    assert "Исполнение и так измеряется этим" in again.content.decode()


def test_several_things_are_counted_side_by_side_and_nothing_may_be(life: Life, secretariat: User) -> None:
    choose(life, secretariat, measures=["participation", "reports"])
    assert life.point.measure == Measure((MeasureCode.PARTICIPATION, MeasureCode.REPORTS))
    form = life.form(secretariat, "measure")
    assert list(form["measures"].value()) == ["participation", "reports"]
    choose(life, secretariat)
    assert life.point.measures == "nothing"
    assert "Участвуют в проекте" not in told(life)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"measures": ["experience"]}, "Выберите, чей опыт считать."),
        ({"measures": ["answers"]}, "Выберите вопрос, ответы на который считать."),
        ({"measures": ["participation"], "measured_owner": "kostroma"}, "отметьте его или никого не выбирайте"),
        ({"measures": ["magic"]}, "корректный вариант"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(
    life: Life, secretariat: User, kostroma: Municipality, said: dict[str, Any], sentence: str
) -> None:
    if "measured_owner" in said:
        said = said | {"measured_owner": kostroma.pk}
    refused = life.tries(secretariat, "measure", "2024-07-05", **said)
    assert refused.status_code == 422
    assert sentence in refused.content.decode()


def test_no_other_kind_of_point_is_measured(
    client_for: ClientFor, appeal_point: DecisionPoint, secretariat: User
) -> None:
    assert Life(client_for, appeal_point).tries(secretariat, "measure", "2024-07-05").status_code == 403


def test_a_wrong_choice_is_voided_with_the_right_one(life: Life, secretariat: User, kostroma: Municipality) -> None:
    entry = point_step(
        life.point, "measure", by=secretariat, on=DAY, measure=Measure((MeasureCode.EXPERIENCE,), kostroma.pk)
    )
    address = reverse("point_void", args=[life.point.resolution.slug, 1, entry.pk])
    client = life.client_for(secretariat)
    form = client.get(address).context["right"]
    assert (list(form["measures"].value()), form["measured_owner"].value()) == (["experience"], kostroma.pk)
    right = {"right-measures": ["participation"], "right-happened_on": "2024-07-05", "right-text": "Так решили."}
    said = {"reason": "Не то.", "version": life.point.version, "replaces": "on", "right-version": life.point.version}
    with at("2024-09-01 12:00"):
        assert client.post(address, said | right).status_code == 302
    assert life.point.measure == Measure((MeasureCode.PARTICIPATION,))


# --- whose experience is counted was withdrawn since ---


@pytest.fixture
def withdrawn(life: Life, secretariat: User, kostroma: Municipality) -> Municipality:
    choose(life, secretariat, measures=["experience"], measured_owner=kostroma.pk)
    kostroma.set_listed(False, by=secretariat, reason="Внесено по ошибке.")
    return kostroma


def test_the_form_says_so_and_keeps_it(life: Life, secretariat: User, withdrawn: Municipality) -> None:
    form = life.form(secretariat, "measure")
    assert form["measured_owner"].value() == withdrawn.pk
    assert form["measured_owner"].help_text.startswith("Кострома: это муниципальное образование убрано из портала.")
    choose(life, secretariat, measures=["participation", "experience"], measured_owner=withdrawn.pk)
    assert life.point.measured_owner == withdrawn


def test_another_may_be_chosen(
    life: Life, secretariat: User, withdrawn: Municipality, arkhangelsk: Municipality
) -> None:
    choose(life, secretariat, measures=["experience"], measured_owner=arkhangelsk.pk)
    assert life.point.measured_owner == arkhangelsk
    assert life.form(secretariat, "measure")["measured_owner"].help_text == ""
    again = life.tries(secretariat, "measure", "2024-07-06", measures=["experience"], measured_owner=withdrawn.pk)
    assert again.status_code == 422
    assert NOT_OFFERED in again.content.decode()


def test_the_right_row_keeps_it_too(life: Life, secretariat: User, withdrawn: Municipality) -> None:
    entry = life.point.progress.get(action="measure")
    data = {"reason": "Не тот день.", "version": life.point.version, "replaces": "on"}
    data |= {"right-happened_on": "2024-07-04", "right-measures": "experience", "right-measured_owner": withdrawn.pk}
    address = reverse("point_void", args=[life.point.resolution.slug, life.point.number, entry.pk])
    assert life.client_for(secretariat).post(address, data).status_code == 302
    assert life.point.progress.in_force().get().measured_owner == withdrawn
