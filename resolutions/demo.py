"""Illustrative execution of the decision; every entry says that it is made up."""

import datetime as dt
from dataclasses import replace

from accounts.models import UnionProfile, User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from resolutions.correspondence.appeal import draft_appeal
from resolutions.correspondence.mailings import suggested_recipients, suggested_text, write_letters
from resolutions.editor import blank_text
from resolutions.kinds import NEW_POINT, asking_kinds
from resolutions.models import (
    Ask,
    AskOutcome,
    Channel,
    Correspondent,
    DecisionPoint,
    Instruction,
    Letter,
    LetterAction,
    LetterState,
    MemberReport,
    NamedResult,
    NewEntry,
    NewIncoming,
    NewMemberReport,
    NewOutcome,
    Party,
    PointAction,
    PointPromise,
    PointResult,
    Resolution,
    ResolutionStatus,
    UnionBody,
    register_incoming,
)
from resolutions.text import Paragraph, PointText
from russian.templatetags.russian import quoted

MARK = "Демонстрационные данные:"
# ОКТМО of a member, the day of its report, what it did.
REPORTS = [
    ("11701000001", dt.date(2025, 2, 17), "опыт Костромы изучен, внедряется единое окно обращений."),
    ("19701000001", dt.date(2025, 3, 12), "единое окно обращений внедрено."),
    ("17701000001", dt.date(2025, 4, 7), "работа ведётся."),
]
APPEALS_TITLE = "О демонстрационных обращениях"
EARLIER_TITLE = "О демонстрационном поручении"
DRAFT_TITLE = "О демонстрационном вопросе повестки дня"
UNSENT = f"{MARK} письмо не отправлялось."
APPEAL_WAY = [(LetterAction.REGISTER, dt.date(2024, 7, 5)), (LetterAction.SEND, dt.date(2024, 7, 8))]
THANKS_WAY = [
    (LetterAction.REGISTER, dt.date(2024, 7, 9)),
    (LetterAction.SEND, dt.date(2024, 7, 10)),
    (LetterAction.DELIVER, dt.date(2024, 7, 16)),
]
APPEALED_ON, ASKED_ON = dt.date(2023, 11, 15), dt.date(2023, 12, 15)
APPEALS = (
    "обратиться с просьбой поддержать проект (в этом обращении отказано).",
    "обратиться с просьбой выделить средства (это обращение перенаправлено).",
)

EARLIER_ON = dt.date(2022, 11, 16)
EARLIER = (
    PointText(1, "assignment", f"{MARK} поручить Архангельску описать опыт для остальных членов Союза."),
    PointText(2, "appeal", f"{MARK} обратиться с просьбой изменить закон (сначала отказано, потом изменён)."),
)
CITY = "11701000001"  # whom the assignment is for

# point -> steps: what, day, what was done, last day
STEPS: dict[int, list[tuple[PointAction, dt.date, str, dt.date | None]]] = {
    1: [
        (PointAction.INSTRUCT, dt.date(2024, 7, 1), "поручено всем членам Союза.", dt.date(2027, 6, 25)),
        (PointAction.START, dt.date(2024, 7, 8), "решение разослано членам Союза.", None),
        (PointAction.NOTE, dt.date(2024, 9, 16), "опыт Костромы представлен членам Союза.", None),
    ],
    2: [
        (PointAction.INSTRUCT, dt.date(2024, 7, 1), "поручено секретариату.", dt.date(2024, 12, 27)),
        (PointAction.START, dt.date(2024, 7, 3), "подготовлен проект обращения в Правительство.", None),
    ],
    3: [(PointAction.INSTRUCT, dt.date(2024, 7, 1), "поручено секретариату.", None)],
}


def seed_demo_execution(resolution: Resolution, *, by: User, chair: User) -> None:
    """Adopt the decision, fill its execution, add two earlier ones and a draft; does nothing the second time.

    Args:
        resolution: the seeded decision.
        by: the demonstration account of the secretariat.
        chair: that of the chair, who takes a point off control.
    """
    if resolution.status == ResolutionStatus.DRAFT:
        resolution.adopt(version=resolution.version, by=by)
    for point in resolution.points.all():
        if not point.progress.exists():
            _take_steps(point, by)
    for appeal in resolution.letters.filter(state=LetterState.DRAFT, kind__in=asking_kinds()):
        _move(appeal, APPEAL_WAY, by)
    if not resolution.mailings.exists():
        for point in resolution.points.all():
            _thank(point, by)
    _add_decisions(by, chair)


def _add_decisions(by: User, chair: User) -> None:
    """One with answered appeals, a draft, and one with an assignment to a city; those that are there already stay."""
    if not Resolution.objects.filter(title=APPEALS_TITLE).exists():
        _appeal(by, chair)
    if not Resolution.objects.filter(title=DRAFT_TITLE).exists():
        _start_draft(by)
    if not Resolution.objects.filter(title=EARLIER_TITLE).exists():
        _assign_and_appeal(by, chair)


def _take_steps(point: DecisionPoint, by: User) -> None:
    for action, happened_on, text, due_on in STEPS.get(point.number, []):
        said = _instruction(point, due_on) if action == PointAction.INSTRUCT else None
        _step(point, NewEntry(action, happened_on, f"{MARK} {text}", instruction=said), by)


def _instruction(point: DecisionPoint, due_on: dt.date | None) -> Instruction:
    """What is recommended all members carry out, the rest the secretariat; the chair controls."""
    parties = Party.objects
    is_for_all = point.of_kind.is_measured
    responsible = parties.all_members() if is_for_all else parties.of_body(UnionBody.SECRETARIAT)
    return Instruction(responsible, parties.of_body(UnionBody.CHAIR), due_on=due_on)


def seed_demo_members(resolution: Resolution, *, by: User) -> None:
    """Let some members report on a recommendation, one of them in vain; does nothing the second time.

    Args:
        resolution: the seeded decision, whose cities are members.
        by: the demonstration account of the secretariat.
    """
    for point in resolution.points.all():
        if point.of_kind.is_measured and not point.member_reports.exists():
            for oktmo, day, text in REPORTS:
                _report_of_member(point, Municipality.objects.get(oktmo=oktmo), day, text, by)
            for promised in Commitment.objects.filter(named_point=None).order_by("pk"):
                PointPromise.objects.create(commitment=promised, point=point)
            DecisionPoint.take_note_of_deeds(point.pk)


def _report_of_member(point: DecisionPoint, municipality: Municipality, day: dt.date, text: str, by: User) -> None:
    """A report of a member, as if its officials had sent it; the last one was returned."""
    report = MemberReport.objects.create(point=point, municipality=municipality)
    new = NewMemberReport(day, f"{MARK} {text}", next_step=f"{MARK} продолжить работу.")
    report.report(new, version=report.version, by=None, by_name=f"{municipality.name} (демонстрация)")
    if (day, text) == REPORTS[-1][1:]:
        report.refresh_from_db()
        reason = f"{MARK} напишите, что именно сделано."
        report.send_back(happened_on=day + dt.timedelta(days=7), reason=reason, version=report.version, by=by)


def _move(letter: Letter, way: list[tuple[LetterAction, dt.date]], by: User) -> None:
    for action, day in way:
        letter.refresh_from_db()
        channel = Channel.POST if action == LetterAction.SEND else ""
        letter.take_step(action, happened_on=day, version=letter.version, by=by, channel=channel, text=UNSENT)


def _thank(point: DecisionPoint, by: User) -> None:
    """Letters to the persons whom a point thanks; all but the last have arrived."""
    resolution, letters = point.resolution, point.of_kind.drafts_many
    if letters is None:
        return
    mailing = write_letters(
        resolution,
        kind=letters.code,
        point=point,
        common=suggested_text(resolution, letters.code),
        recipients=suggested_recipients(point, letters.code),
        by=by,
    )
    *arrived, last = mailing.letters.order_by("pk")
    for letter in arrived:
        _move(letter, THANKS_WAY, by)
    _move(last, THANKS_WAY[:-1], by)


def _appeal(by: User, chair: User) -> None:
    """An earlier decision with two appeals: one was refused, the other passed on."""
    points = tuple(PointText(number, "appeal", f"{MARK} {one}") for number, one in enumerate(APPEALS, start=1))
    refused, passed_on = _adopt(APPEALS_TITLE, APPEALED_ON, points, by)
    asked = Correspondent.objects.named("Демонстрационное министерство")
    for point in (refused, passed_on):
        _send(point, asked, ASKED_ON, by)
    refusal = NewOutcome(Ask.objects.get(letter__point=refused), AskOutcome.REFUSED)
    _answer(asked, refusal, dt.date(2024, 1, 15), by)
    _close(refused, dt.date(2024, 1, 22), by, chair)
    agency = Correspondent.objects.named("Демонстрационное агентство")
    ask = Ask.objects.get(letter__point=passed_on)
    _answer(asked, NewOutcome(ask, AskOutcome.FORWARDED, dt.date(2024, 2, 16), agency), dt.date(2024, 1, 17), by)


def _assign_and_appeal(by: User, chair: User) -> None:
    """A still earlier one: an assignment to a city goes on; what was refused came true two years later."""
    assigned, refused = _adopt(EARLIER_TITLE, EARLIER_ON, EARLIER, by)
    city = Party.objects.of_municipality(Municipality.objects.get(oktmo=CITY).pk)
    said = Instruction(city, Party.objects.of_body(UnionBody.CHAIR), due_on=dt.date(2027, 11, 30))
    _step(assigned, NewEntry(PointAction.INSTRUCT, dt.date(2022, 11, 21), f"{MARK} поручено.", instruction=said), by)
    _step(assigned, NewEntry(PointAction.NOTE, dt.date(2023, 3, 1), f"{MARK} собраны сведения."), by)
    asked = Correspondent.objects.named("Демонстрационный комитет")
    _send(refused, asked, dt.date(2022, 11, 28), by)
    refusal = NewOutcome(Ask.objects.get(letter__point=refused), AskOutcome.REFUSED)
    _answer(asked, refusal, dt.date(2022, 12, 19), by)
    _close(refused, dt.date(2022, 12, 26), by, chair)
    changed = NamedResult(PointResult.ACHIEVED, f"{MARK} закон изменён.")
    _step(refused, NewEntry(PointAction.RESULT, dt.date(2024, 12, 20), f"{MARK} просьба учтена.", named=changed), by)


def _adopt(title: str, day: dt.date, points: tuple[PointText, ...], by: User) -> list[DecisionPoint]:
    """A made-up decision that was adopted; its points."""
    text = replace(
        blank_text(title, day, "", union=UnionProfile.on()),
        preamble=(Paragraph(f"{MARK} это решение создано, чтобы показать исполнение."),),
        points=points,
        signatory_name="И.О. Фамилия",
    )
    resolution = Resolution.start(text, by=by)
    resolution.adopt(version=resolution.version, by=by)
    return list(Resolution.objects.get(pk=resolution.pk).points.order_by("number"))


def _send(point: DecisionPoint, to: Correspondent, day: dt.date, by: User) -> None:
    letter = draft_appeal(point)
    letter.correspondent, letter.addressee = to, f"Руководителю организации {quoted(str(to))}"
    letter.save()
    _move(letter, [(LetterAction.REGISTER, day), (LetterAction.SEND, day)], by)


def _answer(correspondent: Correspondent, said: NewOutcome, day: dt.date, by: User) -> None:
    text = f"{MARK} письмо не поступало."
    register_incoming(NewIncoming(day, correspondent, text=text, outcomes=[said]), by=by)


def _close(point: DecisionPoint, day: dt.date, by: User, chair: User) -> None:
    """Report a refusal; the chair takes the point off control."""
    refused = NamedResult(PointResult.REFUSED)
    for action, who in ((PointAction.REPORT, by), (PointAction.CLOSE, chair)):
        _step(point, NewEntry(action, day, f"{MARK} в просьбе отказано.", named=refused), who)


def _step(point: DecisionPoint, new: NewEntry, by: User) -> None:
    point.refresh_from_db()
    point.take_step(new, version=point.version, by=by)


def _start_draft(by: User) -> None:
    """A second decision, still a draft, so that the editor can be tried without touching the real one."""
    text = replace(
        blank_text(DRAFT_TITLE, None, "", union=UnionProfile.on()),
        preamble=(Paragraph(f"{MARK} этот проект создан, чтобы попробовать правку текста."),),
        points=(PointText(1, NEW_POINT, f"{MARK} текст поручения, который можно свободно править."),),
    )
    Resolution.start(text, by=by)
