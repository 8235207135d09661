"""Decisions, points and letters that get many children."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from accounts.models import User
from documents.models import Signature
from resolutions.kinds import POINT_KINDS
from resolutions.models import (
    Ask,
    Attachment,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    LetterAction,
    LetterStep,
    PointAction,
    ProgressEntry,
    Release,
    Resolution,
    ResolutionVersion,
)
from resolutions.models.ask import CarriedAsk
from resolutions.models.incoming import Outcome
from resolutions.models.paragraph import PreambleParagraph, SubPoint
from tests.resolutions.factory import (
    answer,
    instruct,
    letter,
    point_step,
    release,
    repetition,
    send,
    step,
    upload,
    void,
)
from tests.sgcszr_portal.many.copying import Copies, World, serial

LATE = dt.date(2024, 8, 1)
VISITED = ("draft", "adopted", "signed")


def begin_letters(world: World, secretariat: User) -> None:
    """One of each thing that is going to be many: an appeal that was answered and repeated, and what was done."""
    point = DecisionPoint.objects.get(resolution__slug="signed", number=1)
    appeal = letter(point.resolution, "appeal", point=point, new_asks="одно\nдругое\nтретье")
    send(appeal, by=secretariat)
    note = step(appeal, LetterAction.NOTE, by=secretariat, text="Звонили.", files=[upload()])
    void(step(appeal, LetterAction.NOTE, by=secretariat, text="Не туда."), by=secretariat)
    answer(appeal, by=secretariat, asks=[1], outcome="interim", until=LATE)
    answer(appeal, by=secretariat, asks=[2], outcome="refused")
    answer(appeal, by=secretariat, asks=[3], outcome="forwarded", to="Минстрой России", until=LATE)
    again = repetition(appeal)
    send(again, by=secretariat)
    shown = release(appeal, by=secretariat)
    release(appeal, False, by=secretariat)
    release(appeal, by=secretariat)
    drafted = repetition(appeal, "Минстрой России")
    world |= {"appeal": appeal.pk, "repetition": again.pk, "drafted": drafted.pk}
    world |= {"appeal_note": note.pk, "appeal_release": shown.pk}
    for one in DecisionPoint.objects.filter(resolution__slug__in=("adopted", "signed"), number=1):
        instruct(one, by=secretariat)
        point_step(one, PointAction.NOTE, by=secretariat, files=[upload()])
        void(point_step(one, PointAction.NOTE, by=secretariat), by=secretariat)
    for slug in VISITED:
        add_points(Resolution.objects.get(slug=slug), [kind for kind in POINT_KINDS if kind != "appeal"], world)
    world["answer_of_asks"] = Outcome.objects.filter(ask__letter=appeal, ask__number=2).get().entry.letter_id


def add_points(decision: Resolution, kinds: Iterable[str], world: World) -> None:
    """Further points, each with a sub-point, and with what was done about the first where something was."""
    first = decision.points.get(number=1)
    for kind in kinds:
        count = decision.points.count()
        copied = Copies(1).take([first], number=count + 1, kind=kind, experience_of_id=experience(world, kind))
        copied.take(first.progress.order_by("pk"))
        copied.take(Attachment.objects.filter(entry__point=first))
        point = decision.points.get(number=count + 1)
        SubPoint.objects.create(point=point, number=1, text="Подпункт.")


def experience(world: World, kind: str) -> Any:
    """Whose experience a recommendation names."""
    return world["own_city"] if POINT_KINDS[kind].is_measured else None


def more_letters(world: World, times: int, letters: int) -> None:
    """Let all that was begun become more.

    Args:
        world: what was made so far.
        times: how many children each thing gets of a kind.
        letters: how many letters the signed decision gets.
    """
    signed = Resolution.objects.get(slug="signed")
    for _ in range(letters // 12):  # by turns, so that a page of the register shows all of them
        copy_appeal(world, 4)
        for kind in ("gratitude", "circular"):
            letters_of(kind, signed, 2)
    for slug in VISITED:
        more_of_decision(Resolution.objects.get(slug=slug), times)
    more_of_appeal(world, times)
    sent = Copies(times)
    sent.take(LetterStep.objects.filter(letter=world["sent"], action="note").order_by("pk"))
    for mailing in ("mailing", "registered_mailing"):
        for one in Letter.objects.filter(mailing=world[mailing])[:1]:
            copied = Copies(times).take([one], **({} if one.number else {"number": ""}))
            copied.take(one.steps.order_by("pk"))
    Copies(times).take(Signature.objects.filter(pk=world["scan"]))


def copy_appeal(world: World, times: int) -> None:
    """The appeal with its way, asks, answers, releases and repetition, so many times again."""
    pair = [world["appeal"], world["repetition"]]
    bearing = Ask.objects.filter(letter=world["appeal"]).order_by("pk")[:3]
    entries = IncomingEntry.objects.filter(outcomes__ask__in=[one.pk for one in bearing]).distinct().order_by("pk")
    copied = Copies(times)
    copied.take(Letter.objects.filter(pk__in=pair).order_by("pk"))
    copied.take(LetterStep.objects.filter(letter__in=pair).order_by("pk")[:8])
    copied.take(bearing, number=lambda: serial() % 30_000 + 100)
    steps = [key for model, key in copied.keys if model is LetterStep]
    asks = [one.pk for one in bearing]
    copied.take(CarriedAsk.objects.filter(ask__in=asks, step__in=steps))
    copied.take(CarriedAsk.objects.filter(ask__in=asks, step=None, letter__in=pair))
    copied.take(IncomingLetter.objects.filter(entries__in=entries).distinct())
    copied.take(entries)
    copied.take(Outcome.objects.filter(ask__in=asks, entry__in=entries))
    copied.take(Release.objects.filter(letter__in=pair).order_by("pk")[:3])
    copied.take(Attachment.objects.filter(step__in=steps))


def more_of_appeal(world: World, times: int) -> None:
    """More steps with files, asks that are answered, repetitions and releases of the appeal that is visited."""
    appeal = world["appeal"]
    steps = LetterStep.objects.filter(letter=appeal).exclude(action__in=("register", "send")).order_by("pk")[:3]
    Copies(times).take(steps).take(Attachment.objects.filter(step__letter=appeal)[:1])
    asked = Ask.objects.filter(letter=appeal).order_by("pk")[:3]
    asks = Copies(times).take(asked, number=lambda: serial() % 30_000 + 100)
    keys = [one.pk for one in asked]
    asks.take(CarriedAsk.objects.filter(ask__in=keys, letter__in=[appeal, world["repetition"], world["drafted"]]))
    asks.take(Outcome.objects.filter(ask__in=keys))
    repeated = Copies(times).take(Letter.objects.filter(pk=world["repetition"]))
    repeated.take(LetterStep.objects.filter(letter=world["repetition"]).order_by("pk"))
    releases = Release.objects.filter(letter=appeal).order_by("pk")[1:3]
    Copies(times).take(releases)
    entry = IncomingEntry.objects.filter(letter=world["answer_of_asks"]).earliest("pk")
    Copies(times).take(Attachment.objects.filter(step__letter=appeal)[:1], step_id=None, incoming_id=entry.pk)


def letters_of(kind: str, decision: Resolution, times: int) -> None:
    """Letters of a kind on a decision, that were sent."""
    pattern = Letter.objects.filter(pk__in=Letter.objects.filter(kind="circular", state="sent").values("pk")[:1]).get()
    point = decision.points.filter(kind=kind).first()
    copied = Copies(times).take(
        [pattern],
        kind=kind,
        point_id=point and point.pk,
        is_awaited=False,
        awaited_until=None,
    )
    copied.take(pattern.steps.order_by("pk")[:3])


def more_of_decision(decision: Resolution, times: int) -> None:
    """More entries of progress with files, versions and paragraphs."""
    for point in decision.points.all():
        notes = point.progress.filter(action__in=("note", "")).order_by("pk")[:3]
        copied = Copies(times).take(notes)
        copied.take(Attachment.objects.filter(entry__in=[key for _, key in copied.keys]))
        for _ in range(times):
            SubPoint.objects.create(point=point, number=point.subpoints.count() + 1, text="Ещё.")
    first = decision.versions.earliest("number")
    Copies(times).take([first], number=lambda: 1000 + serial())
    for _ in range(times):
        PreambleParagraph.objects.create(resolution=decision, number=serial() + 1000, text="Отмечает.")


def more_decisions(times: int) -> None:
    """Further decisions with all that belongs to one, and some letters each."""
    adopted = Resolution.objects.get(slug="adopted")
    copied = Copies(times).take([adopted])
    points = adopted.points.order_by("pk")
    copied.take(points)
    copied.take(SubPoint.objects.filter(point__in=points))
    copied.take(ProgressEntry.objects.filter(point__in=points).order_by("pk"))
    copied.take(ResolutionVersion.objects.filter(resolution=adopted))
    copied.take(Letter.objects.filter(resolution=adopted, state="draft"), number="")
