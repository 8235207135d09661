"""«Передача дел» holds every row of everybody's «Сроки и дела» once, and what others owe."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Office
from accounts.tasks import EVERYBODY, Task
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, CommitmentState, PracticeRequest
from municipalities.surveys.models import RoundStatus, SurveyRound
from resolutions.correspondence import owed
from resolutions.correspondence.register import LettersOnDay, letters_on
from resolutions.models import DecisionPoint, Letter, LetterState, PointState, Resolution, ResolutionStatus
from resolutions.models.control import UNDER_CONTROL
from sgcszr_portal.due import overdue_for, tasks_for
from sgcszr_portal.handing_over.content import OF_NOBODY, OWED, HandingOver, Row, handing_over
from tests.accounts.terms import appointed
from tests.resolutions.factory import answer, decision, letter, send
from tests.sgcszr_portal.handing_over.world import World

pytestmark = pytest.mark.slow


@pytest.fixture
def world(secretariat: User, chair: User, kostroma_official: User, arkhangelsk: Municipality) -> World:
    return World(secretariat, kostroma_official.representations.get().municipality, arkhangelsk)


@pytest.fixture
def demo(db: None) -> None:
    call_command("seed", "--demo", "--force", verbosity=0)


def content() -> HandingOver:
    return handing_over(timezone.localdate())


def rows(of: HandingOver, *codes: str) -> list[Row]:
    """Those of some sections; of all without any."""
    return [row for one in of.sections if not codes or one.code in codes for row in one.rows]


def titled(of: HandingOver) -> dict[str, tuple[str, ...]]:
    """Whom the groups of each section are about."""
    return {one.code: tuple(group.whom for group in one.groups) for one in of.sections}


def asked() -> Iterator[tuple[User, Task]]:
    """What waits for each who has an account, as they are told."""
    for user in User.objects.all():
        for task in tasks_for(user):
            yield user, task


def holds_each_once() -> None:
    """Compare both with what everybody is told."""
    found = content()
    waiting = {task.key for _, task in asked()}
    told = Counter(row.key for row in rows(found) if not row.key.startswith("owed-"))
    assert set(told.values()) == {1}
    for_nobody = {row.key for row in rows(found, OF_NOBODY)}
    assert set(told) - for_nobody == waiting
    assert for_nobody.isdisjoint(waiting)


def owed_lines() -> Counter[tuple[int, str, int]]:
    """Letter, body and ask of every line that is open, read from all letters at once."""
    read = letters_on(timezone.localdate(), Letter.objects.all())
    watched = [one for one in read.asks if not one.letter.point or one.letter.point.state in UNDER_CONTROL]
    lines = [(ask, line) for ask in watched for line in ask.standing.lines if line.is_open]
    return Counter((line.letters[-1], str(line.body), ask.ask.number) for ask, line in lines)


def owed_rows(of: HandingOver) -> Counter[tuple[int, str, int]]:
    """The same as the section tells it."""
    found: Counter[tuple[int, str, int]] = Counter()
    for group in next(one for one in of.sections if one.code == OWED).groups:
        for row in group.rows:
            asks = re.search(r"\(просьб[аы] ([\d, ]+)\)$", row.what)
            for number in asks[1].split(", ") if asks else ["1"]:  # a circular bears one ask, which nobody numbers
                found[int(row.url.strip("/").split("/")[-1]), group.whom, int(number)] += 1
    return found


def test_everybodys_rows_stand_once(world: World) -> None:
    holds_each_once()
    found = titled(content())
    assert {code for code, groups in found.items() if groups} == set(found)  # no section is empty in this world


def test_everybodys_rows_of_the_demonstration_stand_once(demo: None) -> None:
    holds_each_once()
    assert owed_rows(content()) == owed_lines() != Counter()


def test_what_everybody_is_told_is_what_each_is_told(world: World, kostroma_official: User) -> None:
    told = {(task.key, task.whose): task for task in tasks_for(EVERYBODY)}
    for user, task in asked():
        assert told[task.key, task.whose] == task, user


def test_what_others_owe_is_all_that_is_open(world: World) -> None:
    found = content()
    assert owed_rows(found) == owed_lines()
    first = Letter.objects.earliest("pk")
    of_first = [(row.what[-3:], row.is_late) for row in rows(found, OWED) if row.url == first.get_absolute_url()]
    assert of_first == [(" 2)", True), (" 1)", False)]
    assert {row.why: row.is_late for row in rows(found, OWED)} == {
        "Ответ не поступил в срок": True,
        "Срок ответа не назван: ждём, пока ответят": False,
        "Ждём ответа": False,
    }


def test_everything_open_is_there(world: World) -> None:
    keys = {row.key for row in rows(content())}
    named = {
        "point": DecisionPoint.objects.filter(state__in=UNDER_CONTROL).exclude(resolution__status="draft"),
        "commitment": Commitment.objects.filter(state=CommitmentState.OPEN),
        "draft": Resolution.objects.filter(status=ResolutionStatus.DRAFT),
        "question": PracticeRequest.objects.waiting(),
        "round": SurveyRound.objects.filter(status=RoundStatus.OPEN),
        "letter": Letter.objects.filter(Q(state__in=(LetterState.DRAFT, LetterState.REGISTERED)), mailing=None),
    }
    for name, things in named.items():
        assert {f"{name}-{one.pk}" for one in things} <= keys, name
        assert things, name
    assert f"round-{SurveyRound.objects.get(status=RoundStatus.DRAFT).pk}-draft" in keys


def test_rows_stand_where_they_wait(world: World) -> None:
    found = titled(content())
    assert found["secretariat"] == found["chair"] == found["board"] == ("",)
    assert found["people"] == ("П.П. Правленцев",)
    assert found["members"] == ("Кострома (К.К. Костромин)",)
    assert found[OF_NOBODY] == ("Архангельск", "Ёлкино")
    assert "Ушедшее" not in str(found)  # nobody is asked about a status for those who left
    assert f"status-{world.alone.pk}" in {row.key for row in rows(content(), OF_NOBODY)}


def test_whoever_speaks_for_one_that_left_still_states_its_status(world: World) -> None:
    left_since = Municipality.objects.get(name="Ушедшее")
    world.member.representations.create(municipality=left_since)
    assert f"status-{left_since.pk}" in {row.key for row in rows(content(), "members")}
    holds_each_once()


def test_who_speaks_for_whom_is_told_of_all_members(world: World) -> None:
    found = content()
    assert found.spoken_for == ("Кострома: К.К. Костромин",)
    assert found.alone == ("Архангельск", "Ёлкино")  # and not who left


def test_a_letter_that_waits_for_two_is_one_row_that_says_so(world: World) -> None:
    registered = Letter.objects.get(state=LetterState.REGISTERED)
    (row,) = [one for one in rows(content()) if one.key == f"letter-{registered.pk}"]
    assert row.why == "Зарегистрировано: отправьте, когда подпишет председатель"
    assert row.others == ("Председатель: «Письмо ждёт подписи председателя»",)


def test_who_stands_in_is_named_beside_the_chair(world: World, kostroma_official: User) -> None:
    appointed(kostroma_official, by=world.by)
    section = next(one for one in content().sections if one.code == "chair")
    assert section.title == "Председатель, и.о. председателя"
    assert section.lead.startswith("Сейчас: Н.В. Корягина, К.К. Костромин (по ")
    assert dict(content().posts)["Члены Правления"] == ("П.П. Правленцев",)


def test_what_waits_for_a_chair_who_is_not_there_waits_for_nobody(world: World, chair: User) -> None:
    before = {row.key for row in rows(content(), "chair")}
    User.objects.filter(pk=chair.pk).update(is_active=False)
    found = content()
    assert rows(found, "chair") == []
    of_nobody = next(one for one in found.sections if one.code == OF_NOBODY)
    (group,) = [one for one in of_nobody.groups if one.whom == "Председатель"]
    decisions_to_sign = {key for key in before if key.startswith("sign-")}
    assert {row.key for row in group.rows} == decisions_to_sign != set()
    assert "в портале никого нет" in next(one.lead for one in found.sections if one.code == "chair")
    holds_each_once()


def test_what_waits_for_whoever_stands_in_alone(world: World, chair: User, kostroma_official: User) -> None:
    User.objects.filter(pk=chair.pk).update(is_active=False)
    appointed(kostroma_official, Office.ACTING_CHAIR, by=world.by)
    section = next(one for one in content().sections if one.code == "chair")
    assert section.title == "И.о. председателя"
    assert section.rows
    holds_each_once()


def test_queries_do_not_grow_with_what_is_open(world: World) -> None:
    found = []
    for further in (0, 4):
        for number in range(further):
            user = User.objects.create_user(f"{number}@example.org", name=f"Л. {number}", role="municipal")
            town = Municipality.objects.create(
                name=f"Город {number}", region="Область", federal_district="central", oktmo=f"9999990{number}"
            )
            user.representations.create(municipality=town)
            more = decision("appeal", "recommendation", by=world.by, slug=f"more-{number}")
            for point in more.points.all():
                if point.kind == "appeal":
                    send(letter(more, "appeal", point=point), by=world.by)
        with CaptureQueriesContext(connection) as asked_for:
            content()
        found.append(len(asked_for))
    assert found[0] == found[1]


def test_what_a_point_has_answered_already_is_not_read(secretariat: User, monkeypatch: pytest.MonkeyPatch) -> None:
    resolution = decision("appeal", by=secretariat)
    answered, waits = (letter(resolution, "appeal", point=resolution.points.get()) for _ in range(2))
    for one in (answered, waits):
        send(one, by=secretariat)
    answer(answered, by=secretariat)
    read: list[Letter] = []

    def watched(day: dt.date, letters: QuerySet[Letter]) -> LettersOnDay:
        read.extend(letters)
        return letters_on(day, letters)

    monkeypatch.setattr(owed, "letters_on", watched)
    assert [row.url for row in rows(content(), OWED)] == [waits.get_absolute_url()]
    assert set(read) == {waits}


def test_a_portal_in_which_nothing_waits_says_so(secretariat: User) -> None:
    found = content()
    assert rows(found) == []
    assert (found.spoken_for, found.alone) == ((), ())
    assert dict(found.posts)["Секретариат"] == ("С.С. Секретарёва",)


def test_the_overview_repeats_nothing_either_of_what_was_reported(world: World) -> None:
    found = Letter.objects.get(point__state=PointState.REPORTED)
    late = [task.why for task in overdue_for(world.by) if task.url == found.get_absolute_url()]
    told = [row.why for row in rows(content(), OWED) if row.url == found.get_absolute_url()]
    assert late == told == ["Ответ не поступил в срок"]
