"""Resolutions, their points and letters."""

from resolutions.models.ask import Ask, CarriedAsk
from resolutions.models.ask_standing import AskOutcome
from resolutions.models.attachment import Attachment
from resolutions.models.control import POINT_STEPS, PointAction, PointState
from resolutions.models.correspondence import (
    LETTER_STEPS,
    Channel,
    LetterAction,
    LetterState,
)
from resolutions.models.correspondent import Correspondent
from resolutions.models.decision_way import ResolutionStatus
from resolutions.models.incoming import IncomingEntry, IncomingLetter, Outcome
from resolutions.models.incoming_register import NewIncoming, NewOutcome, register_incoming, void_incoming
from resolutions.models.letter import Letter
from resolutions.models.letter_step import LetterStep, NewStep
from resolutions.models.mailing import Mailing
from resolutions.models.measures import Measure, MeasureCode
from resolutions.models.member_report import MemberReport
from resolutions.models.member_report_row import MemberReportAction, MemberReportRow, NewMemberReport
from resolutions.models.new_entry import Correction, Instruction, NamedResult, NewEntry, Told
from resolutions.models.numbering import LetterDirection, NumberSeries
from resolutions.models.paragraph import PreambleParagraph, SubPoint
from resolutions.models.party import Party, PartyKind, Side, UnionBody
from resolutions.models.past_import import PastImport
from resolutions.models.point import DecisionPoint
from resolutions.models.point_promise import PointPromise
from resolutions.models.progress import ProgressEntry
from resolutions.models.release import Release
from resolutions.models.report_reminder import ReportReminder
from resolutions.models.resolution import Resolution
from resolutions.models.results import PointResult
from resolutions.models.steps import Step, StepRefused
from resolutions.models.version import DECIDED, ResolutionVersion, VersionAction

__all__ = [
    "DECIDED",
    "LETTER_STEPS",
    "POINT_STEPS",
    "Ask",
    "AskOutcome",
    "Attachment",
    "CarriedAsk",
    "Channel",
    "Correction",
    "Correspondent",
    "DecisionPoint",
    "IncomingEntry",
    "IncomingLetter",
    "Instruction",
    "Letter",
    "LetterAction",
    "LetterDirection",
    "LetterState",
    "LetterStep",
    "Mailing",
    "Measure",
    "MeasureCode",
    "MemberReport",
    "MemberReportAction",
    "MemberReportRow",
    "NamedResult",
    "NewEntry",
    "NewIncoming",
    "NewMemberReport",
    "NewOutcome",
    "NewStep",
    "NumberSeries",
    "Outcome",
    "Party",
    "PartyKind",
    "PastImport",
    "PointAction",
    "PointPromise",
    "PointResult",
    "PointState",
    "PreambleParagraph",
    "ProgressEntry",
    "Release",
    "ReportReminder",
    "Resolution",
    "ResolutionStatus",
    "ResolutionVersion",
    "Side",
    "Step",
    "StepRefused",
    "SubPoint",
    "Told",
    "UnionBody",
    "VersionAction",
    "register_incoming",
    "void_incoming",
]
