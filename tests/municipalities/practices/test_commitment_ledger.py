"""Promises: their steps on any day, what is refused, and what a voided step leaves."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.mergers import Merger, merge, void_merger
from municipalities.models import Municipality
from municipalities.practices.models import (
    Commitment,
    CommitmentAction,
    NewCommitmentStep,
    Practice,
)
from revisions.models import EditConflict
from tests.municipalities.factory import TODAY, city, left
from tests.municipalities.practices.factory import day, promise, step

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOMORROW = TODAY() + dt.timedelta(days=1)


@contextmanager
def refused(sentence: str) -> Iterator[None]:
    with pytest.raises(ValidationError) as refusal:
        yield
    assert sentence in " ".join(refusal.value.messages)


def void(commitment: Commitment, action: str, by: User, replacement: NewCommitmentStep | None = None) -> Commitment:
    """Void the step of an action."""
    current = Commitment.objects.get(pk=commitment.pk)
    wrong = current.steps.in_force().get(action=action)
    current.void(wrong, reason="Ошибка.", by=by, version=current.version, replacement=replacement)
    return Commitment.objects.get(pk=commitment.pk)


def merged(*predecessors: Municipality, by: User, on: str = "2025-01-01", name: str = "Целый") -> Municipality:
    """What came of some cities, a member."""
    number = 12345678 + Municipality.objects.count()
    whole = Municipality(name=name, oktmo=f"{number}", region="Область", federal_district="central")
    return merge(Merger(predecessors, whole, day(on), "Закон", "Решение"), by=by)


def test_what_is_made_on_a_page_is_accepted_at_once(arkhangelsk: Municipality, practice: Practice) -> None:
    made = promise(arkhangelsk, practice)
    assert (made.state, made.accepted_on, made.made_on) == ("open", day("2024-06-27"), day("2024-06-27"))
    assert (made.due_on, made.who, made.municipality) == (day("2025-05-31"), "Отдел связи", arkhangelsk)
    assert str(made) == "Архангельск: перенять практику «Единый диспетчер» (Кострома)"
    assert str(made.steps.get()) == "Обязательство взято, 27.06.2024"


def test_what_came_by_a_link_waits_and_is_accepted_once(arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk, by_link=True)
    assert (made.state, made.accepted_on, made.by_link) == ("waiting", None, True)
    with refused("Исполнить можно обязательство, которое выполняется"):
        step(made, "kept", "2024-07-10")
    accepted = step(made, "accepted", "2024-07-01")
    assert (accepted.state, accepted.accepted_on) == ("open", day("2024-07-01"))
    with refused("которое ждёт принятия"):
        step(made, "accepted", "2024-07-02")


def test_it_is_moved_told_of_and_kept(arkhangelsk: Municipality, secretariat: User) -> None:
    made = promise(arkhangelsk)
    step(made, "milestone", "2024-09-01", text="Куплено.", by=secretariat)
    moved = step(made, "moved", "2025-06-01", due="2025-06-10")
    assert (moved.due_on, moved.state) == (day("2025-06-10"), "open")
    kept = step(made, "kept", "2025-06-20")
    assert (kept.state, kept.ended_on, kept.version) == ("kept", day("2025-06-20"), 4)
    assert kept.standing_on().days_late == 10


def test_steps_may_be_written_down_in_any_order(arkhangelsk: Municipality) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-06-20")
    late = step(made, "moved", "2025-03-01", due="2025-07-01")
    assert (late.state, late.due_on, late.standing_on().days_late) == ("kept", day("2025-07-01"), 0)
    assert late.standing_on(day("2025-03-02")).due_on == day("2025-07-01")
    assert late.standing_on(day("2024-06-26")).state == ""


def test_a_step_that_makes_a_later_one_impossible_is_refused(arkhangelsk: Municipality) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-06-20")
    with refused("поздняя запись «Обязательство исполнено»"):
        step(made, "dropped", "2025-06-01")
    with refused("сначала его берут"):
        step(made, "milestone", "2024-06-26")
    with refused("уже взято"):
        step(made, "made", "2024-06-28", due="2025-01-01", who="К", municipality=arkhangelsk)


def test_what_was_promised_goes_on_though_its_maker_turns_out_to_have_left_before(arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk, on="2024-07-01")
    left(arkhangelsk, "2024-06-30")
    assert step(made, "kept", "2025-05-01").state == "kept"


@pytest.mark.parametrize(
    ("action", "said", "sentence"),
    [
        ("moved", {"due": "2025-05-31"}, "Это прежний срок"),
        ("moved", {"due": "2025-01-31"}, "Срок не может быть раньше дня самой записи"),
        ("moved", {}, "Укажите срок"),
        ("dropped", {"text": " "}, "Укажите, почему обязательство снято"),
        ("milestone", {"text": ""}, "Укажите, что сделано"),
        ("kept", {"on": str(TOMORROW)}, "ещё не наступила"),
        ("kept", {"on": "1999-12-31"}, "не раньше 1 января 2000"),
    ],
)
def test_what_a_step_has_to_say_is_asked_for(
    arkhangelsk: Municipality, action: str, said: dict[str, Any], sentence: str
) -> None:
    made = promise(arkhangelsk)
    with refused(sentence):
        step(made, action, said.pop("on", "2025-02-01"), **said)
    assert made.steps.count() == 1


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"due": "2024-06-26"}, "Срок не может быть раньше"),
        ({"on": str(TOMORROW), "due": str(TOMORROW)}, "ещё не наступила"),
        ({"who": " "}, "кто отвечает"),
        ({"to": " "}, "Укажите практику или мероприятие"),
    ],
)
def test_a_promise_has_to_be_whole(arkhangelsk: Municipality, said: dict[str, Any], sentence: str) -> None:
    with refused(sentence):
        promise(arkhangelsk, **said)
    assert not Commitment.objects.exists()


def test_one_thing_is_promised(arkhangelsk: Municipality, practice: Practice) -> None:
    with refused("об одном"):
        promise(arkhangelsk, practice, measure="И датчики")


def test_nobody_promises_its_own_or_a_withdrawn_practice(
    kostroma: Municipality, arkhangelsk: Municipality, practice: Practice, secretariat: User
) -> None:
    with refused("собственная практика"):
        promise(kostroma, practice)
    made = promise(arkhangelsk, practice)
    practice.set_published(False, by=secretariat, reason="Устарела.")
    with refused("снята с публикации"):
        promise(city("Псков", 58701000), practice)
    assert Commitment.objects.get(pk=made.pk).label == "практика, с тех пор снятая с публикации"


def test_a_practice_is_promised_once_at_a_time(
    arkhangelsk: Municipality, practice: Practice, secretariat: User
) -> None:
    first = promise(arkhangelsk, practice)
    with refused("уже есть невыполненное обязательство"):
        promise(arkhangelsk, practice)
    step(first, "dropped", "2024-07-01")
    second = promise(arkhangelsk, practice)
    with refused("уже есть невыполненное обязательство"):
        void(first, "dropped", secretariat)
    assert Commitment.objects.get(pk=second.pk).state == "open"


def test_only_members_promise(arkhangelsk: Municipality) -> None:
    left(arkhangelsk, "2024-07-01")
    with refused("члены Союза, а Архангельск на 1\xa0июля\xa02024\xa0г. в него не входит"):
        promise(arkhangelsk, on="2024-07-01")
    assert promise(arkhangelsk, on="2024-06-30").state == "open"


def test_the_second_of_two_is_told(arkhangelsk: Municipality) -> None:
    made = step(promise(arkhangelsk), "milestone", "2024-09-01")
    with pytest.raises(EditConflict):
        made.take(NewCommitmentStep(CommitmentAction.KEPT, TODAY()), by=None, by_name="К", version=1)


# --- voiding ---


def test_a_voided_step_never_was(arkhangelsk: Municipality, secretariat: User) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-06-20")
    again = void(made, "kept", secretariat)
    assert (again.state, again.ended_on) == ("open", None)
    with refused("уже отменена"):
        again.void(again.steps.get(action="kept"), reason="К", by=secretariat, version=again.version)


def test_a_making_is_not_voided_while_later_steps_stand(arkhangelsk: Municipality, secretariat: User) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-06-20")
    with refused("Станет невозможной более поздняя запись «Обязательство исполнено»"):
        void(made, "made", secretariat)
    void(made, "kept", secretariat)
    nothing = void(made, "made", secretariat)
    assert (nothing.state, nothing.who, nothing.due_on, nothing.municipality) == ("", "", None, arkhangelsk)


def test_the_right_making_takes_the_place_of_the_wrong_one(arkhangelsk: Municipality, secretariat: User) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-06-20")
    right = NewCommitmentStep(
        CommitmentAction.MADE, day("2024-06-27"), due_on=day("2025-06-25"), who="Мэр", municipality=arkhangelsk
    )
    again = void(made, "made", secretariat, right)
    assert (again.who, again.due_on, again.state) == ("Мэр", day("2025-06-25"), "kept")


# --- mergers ---


def test_a_promise_is_passed_to_the_successor_with_its_day(
    arkhangelsk: Municipality, kostroma: Municipality, secretariat: User
) -> None:
    made = promise(arkhangelsk)
    whole = merged(arkhangelsk, kostroma, by=secretariat)
    for on, to, sentence in (
        ("2025-02-01", kostroma, "только правопреемнику"),
        ("2024-12-31", whole, "День объединения – 1\xa0января\xa02025"),
    ):
        with refused(sentence):
            step(made, "passed", on, municipality=to)
    passed = step(made, "passed", "2025-02-01", municipality=whole, who="Глава")
    assert (passed.municipality, passed.maker, passed.due_on, passed.who) == (whole, arkhangelsk, made.due_on, "Глава")
    with refused("и так у этого"):
        step(made, "passed", "2025-03-01", municipality=whole)


def test_two_promises_to_one_practice_stay_two(secretariat: User, practice: Practice) -> None:
    parts = [city("Буй", 34701001), city("Галич", 34701002)]
    made = [promise(one, practice) for one in parts]
    whole = merged(*parts, by=secretariat)
    for one in made:
        step(one, "passed", "2025-01-01", municipality=whole)
    assert Commitment.objects.live().filter(municipality=whole, practice=practice).count() == 2
    with refused("уже есть невыполненное"):
        promise(whole, practice, on="2025-02-01")


def test_a_merger_by_which_something_was_passed_is_not_voided_before_that(
    arkhangelsk: Municipality, kostroma: Municipality, secretariat: User
) -> None:
    made = promise(arkhangelsk)
    whole = merged(arkhangelsk, kostroma, by=secretariat)
    step(made, "passed", "2025-01-01", municipality=whole)
    row = arkhangelsk.succession
    assert row
    with refused("передано обязательство «Поставить датчики»: сначала отмените передачу"):
        void_merger(row, reason="Нет.", by=secretariat, version=version_of(whole))
    assert void(made, "passed", secretariat).municipality == arkhangelsk
    void_merger(row, reason="Нет.", by=secretariat, version=version_of(whole))
    with refused("только правопреемнику"):
        step(made, "passed", "2025-01-01", municipality=whole)


def test_the_first_of_two_passings_is_not_voided_alone(
    arkhangelsk: Municipality, kostroma: Municipality, secretariat: User
) -> None:
    made = promise(arkhangelsk)
    first = merged(arkhangelsk, kostroma, by=secretariat)
    second = merged(first, city("Псков", 58701000), by=secretariat, on="2025-02-01", name="Больше")
    for on, whole in (("2025-01-01", first), ("2025-02-01", second)):
        step(made, "passed", on, municipality=whole)
    current = Commitment.objects.get()
    wrong = current.steps.get(municipality=first)
    with refused("только правопреемнику"):
        current.void(wrong, reason="Ошибка.", by=secretariat, version=current.version)


def version_of(municipality: Municipality) -> int:
    return Municipality.objects.get(pk=municipality.pk).version
