"""Resolutions, their points and letters."""

from resolutions.models.letter import Letter, LetterKind
from resolutions.models.point import DecisionPoint, PointState, ProgressEntry
from resolutions.models.resolution import (
    Resolution,
    ResolutionStatus,
    ResolutionVersion,
    StepRefused,
    VersionAction,
)

__all__ = [
    "DecisionPoint",
    "Letter",
    "LetterKind",
    "PointState",
    "ProgressEntry",
    "Resolution",
    "ResolutionStatus",
    "ResolutionVersion",
    "StepRefused",
    "VersionAction",
]
