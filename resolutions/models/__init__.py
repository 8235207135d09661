"""Resolutions, their points and letters."""

from resolutions.models.attachment import Attachment
from resolutions.models.control import POINT_STEPS, PointAction, PointState
from resolutions.models.correspondence import (
    LETTER_STEPS,
    Channel,
    LetterAction,
    LetterState,
    Outcome,
)
from resolutions.models.letter import Letter
from resolutions.models.letter_step import LetterStep, NewStep
from resolutions.models.mailing import Mailing
from resolutions.models.new_entry import Instruction, NamedResult, NewEntry
from resolutions.models.numbering import NumberSeries
from resolutions.models.paragraph import PreambleParagraph, SubPoint
from resolutions.models.point import DecisionPoint
from resolutions.models.progress import ProgressEntry
from resolutions.models.release import Release
from resolutions.models.reply import Reply
from resolutions.models.resolution import Resolution, ResolutionStatus
from resolutions.models.results import PointResult
from resolutions.models.steps import Step, StepRefused
from resolutions.models.version import ResolutionVersion, VersionAction

__all__ = [
    "LETTER_STEPS",
    "POINT_STEPS",
    "Attachment",
    "Channel",
    "DecisionPoint",
    "Instruction",
    "Letter",
    "LetterAction",
    "LetterState",
    "LetterStep",
    "Mailing",
    "NamedResult",
    "NewEntry",
    "NewStep",
    "NumberSeries",
    "Outcome",
    "PointAction",
    "PointResult",
    "PointState",
    "PreambleParagraph",
    "ProgressEntry",
    "Release",
    "Reply",
    "Resolution",
    "ResolutionStatus",
    "ResolutionVersion",
    "Step",
    "StepRefused",
    "SubPoint",
    "VersionAction",
]
