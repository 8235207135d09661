"""Letters and points moved on their way, with the least that is needed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.models.union import FROM_THE_SOURCE
from resolutions.correspondence.mailings import CommonText, Recipient, write_letters
from resolutions.correspondence.register import point_letters
from resolutions.correspondence.repeating import draft_repeat
from resolutions.editor import blank_text
from resolutions.kinds import LETTER_KINDS, Asks
from resolutions.models import (
    AskOutcome,
    Channel,
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    Instruction,
    Letter,
    LetterAction,
    LetterStep,
    Mailing,
    Measure,
    NamedResult,
    NewEntry,
    NewIncoming,
    NewOutcome,
    Party,
    PointAction,
    PointResult,
    ProgressEntry,
    Release,
    Resolution,
    Told,
    UnionBody,
    register_incoming,
)
from resolutions.models.results import NAMING
from resolutions.text import PointText
from resolutions.uploads import Upload

DAY = dt.date(2024, 7, 5)
GOVERNMENT = "Правительство Российской Федерации"
PDF = b"%PDF-1.7 a scan"


def point_step(point: DecisionPoint, action: str, *, by: User, on: dt.date = DAY, **details: Any) -> ProgressEntry:
    """Take a step of a point as it is stored now; where a result is asked, it is achieved unless said otherwise."""
    point.refresh_from_db()
    usual: dict[str, Any] = {"text": "Сделано."}
    if action == PointAction.MEASURE:
        usual["measure"] = Measure()
    if action == PointAction.REQUEST:
        usual["told"] = Told(asked_due_on=dt.date(2025, 6, 2))
    named = NamedResult(PointResult(details.pop("result", "achieved")), details.pop("reason", ""))
    if action in NAMING:
        usual["named"] = named
    entry = point.take_step(NewEntry(PointAction(action), on, **usual | details), version=point.version, by=by)
    point.refresh_from_db()
    return entry


def step(letter: Letter, action: str, *, by: User, on: dt.date = DAY, **details: Any) -> LetterStep:
    """Take a step of a letter as it is stored now."""
    letter.refresh_from_db()
    taken = letter.take_step(LetterAction(action), happened_on=on, version=letter.version, by=by, **details)
    letter.refresh_from_db()
    return taken


def void(row: ProgressEntry | LetterStep, *, by: User, reason: str = "Внесено по ошибке.") -> None:
    """Void a row of a point or a letter as they are stored now."""
    if isinstance(row, ProgressEntry):
        point = DecisionPoint.objects.get(pk=row.point_id)
        point.void(row, reason=reason, version=point.version, by=by)
    else:
        letter = Letter.objects.get(pk=row.letter_id)
        letter.void(row, reason=reason, version=letter.version, by=by)


def register(letter: Letter, *, by: User, on: dt.date = DAY, number: str = "") -> LetterStep:
    """Give a letter its number."""
    return step(letter, LetterAction.REGISTER, by=by, on=on, number=number)


def send(letter: Letter, *, by: User, on: dt.date = DAY) -> LetterStep:
    """Register a letter and send it on the same day."""
    register(letter, by=by, on=on)
    return step(letter, LetterAction.SEND, by=by, on=on, channel=Channel.POST)


def release(letter: Letter, is_released: bool = True, *, by: User, on: dt.date = DAY) -> Release:
    """Release a letter to the public as it is stored now, or take it back."""
    letter.refresh_from_db()
    row = letter.release(is_released, happened_on=on, text="По просьбе.", version=letter.version, by=by)
    letter.refresh_from_db()
    return row


def answer(
    letter: Letter,
    *,
    by: User,
    on: dt.date = DAY,
    outcome: str = AskOutcome.SATISFIED,
    number: str = "",
    of: Correspondent | None = None,
    until: dt.date | None = None,
    to: str = "",
    asks: Sequence[int] = (),
) -> IncomingEntry:
    """Register an answer of whom a letter went to, or of somebody else, to all that it carries, or to some asks."""
    letter.refresh_from_db()
    forwarded_to = Correspondent.objects.named(to) if to else None
    carried = [one.ask for one in letter.planned() if not asks or one.ask.number in asks]
    said = [NewOutcome(ask, AskOutcome(outcome), until, forwarded_to) for ask in carried]
    correspondent = of or letter.correspondent
    assert correspondent
    incoming = register_incoming(NewIncoming(on, correspondent, outcomes=said), by=by, number=number)
    letter.refresh_from_db()
    return incoming.entries.get()


def letter(resolution: Resolution, kind: str = "circular", **fields: Any) -> Letter:
    """A draft; an appeal asks the Government for one thing unless it is told what and whom."""
    usual: dict[str, Any] = {"addressee": "Всем", "body": "Т"}
    if LETTER_KINDS[kind].waits and "correspondent" not in fields:
        usual["correspondent"] = Correspondent.objects.named(GOVERNMENT)
    if LETTER_KINDS[kind].asks is Asks.NUMBERED:
        usual["new_asks"] = "рассмотреть вопрос"
    if not LETTER_KINDS[kind].waits:
        usual["reply_days"] = None
    return Letter.objects.create(kind=kind, resolution=resolution, **usual | fields)


def repetition(found: Letter, body: str = "") -> Letter:
    """The draft of a repeated letter to whom the letter went to, or to another body that owes."""
    found = Letter.objects.get(pk=found.pk)
    to = Correspondent.objects.named(body) if body else found.correspondent
    assert to
    return draft_repeat(found, to, point_letters(found))


def upload(name: str = "Скан.pdf", content: bytes = PDF) -> Upload:
    """A file that was let in."""
    return Upload.of(SimpleUploadedFile(name, content))


def town(name: str, **fields: Any) -> Recipient:
    """A recipient that is no municipality of the portal."""
    return Recipient(f"Городу {name}", correspondent=f"Город {name}", **fields)


def mailing(resolution: Resolution, *recipients: Recipient, by: User, kind: str = "circular") -> Mailing:
    """Several drafts from one text."""
    common = CommonText("Рассылка", "О решении", "Текст для {кому}", "Председатель", "Н.В. Корягина")
    return write_letters(
        resolution,
        kind=kind,
        point=resolution.points.filter(kind=kind).first(),
        common=common,
        recipients=recipients
        or (Recipient("Городу А", correspondent="Город А"), Recipient("Городу Б", correspondent="Город Б")),
        by=by,
    )


ASSEMBLY = dt.date(2024, 6, 27)


def decision(
    *kinds: str, by: User, slug: str = "decision", adopt: bool = True, adopted_on: dt.date = ASSEMBLY
) -> Resolution:
    """A decision with a point of each kind; adopted unless it is told not to be."""
    text = replace(
        blank_text("О деле", adopted_on, "г. Архангельск", union=FROM_THE_SOURCE),
        points=tuple(PointText(number, kind, f"Пункт {number}.") for number, kind in enumerate(kinds, start=1)),
        signatory_name="Н.В. Корягина",
    )
    resolution = Resolution.start(text, by=by, slug=slug)
    if adopt:
        resolution.adopt(version=resolution.version, by=by)
    return Resolution.objects.get(pk=resolution.pk)


def parties() -> tuple[Party, Party]:
    """Who carries out and who controls, unless a test says otherwise."""
    return Party.objects.of_body(UnionBody.SECRETARIAT), Party.objects.of_body(UnionBody.CHAIR)


def instruct(point: DecisionPoint, *, by: User, due_on: dt.date | None = None, warn_days: int = 14) -> ProgressEntry:
    """Say who answers for a point, and until when."""
    instruction = Instruction(*parties(), due_on=due_on, warn_days=warn_days)
    return point_step(point, PointAction.INSTRUCT, by=by, instruction=instruction)
