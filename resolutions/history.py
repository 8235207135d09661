"""The versions of a decision as a reader wants them: who, when, why, and what changed."""

from dataclasses import dataclass

from resolutions.models import Resolution, ResolutionVersion
from resolutions.text import ResolutionText, TextChange, text_changes
from revisions.diff import DiffPiece, word_diff


@dataclass(frozen=True)
class ReadableChange:
    """One changed place, word by word."""

    label: str
    pieces: list[DiffPiece]


@dataclass(frozen=True)
class ReadableVersion:
    """A version beside the one before it."""

    version: ResolutionVersion
    changes: list[ReadableChange]


def read_history(resolution: Resolution) -> list[ReadableVersion]:
    """All versions of a decision, latest first.

    Args:
        resolution: the decision.

    Returns:
        The versions, each with what it changed against the version before; the first has no changes.
    """
    versions = list(resolution.versions.order_by("number"))
    texts = [ResolutionText.from_json(version.text) for version in versions]
    readable = [
        ReadableVersion(version, [_readable(change) for change in text_changes(texts[max(n - 1, 0)], texts[n])])
        for n, version in enumerate(versions)
    ]
    return readable[::-1]


def _readable(change: TextChange) -> ReadableChange:
    return ReadableChange(change.label, word_diff(change.before, change.after))
