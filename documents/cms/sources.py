"""Where it stands who was revoked: lists and OCSP answers, whichever a file is."""

from collections.abc import Iterable

from documents.cms.lists import RevocationList, read_list
from documents.cms.ocsp import OcspAnswer, read_answer

Source = RevocationList | OcspAnswer


def read_source(der: bytes) -> Source | None:
    """Read a list or an answer.

    Args:
        der: the file.

    Returns:
        What it is; None when it is neither, and so proves nothing.
    """
    return read_list(der) or read_answer(der)


def read_sources(files: Iterable[bytes]) -> tuple[Source, ...]:
    """The lists and answers among some files.

    Args:
        files: DER of each.
    """
    return tuple(source for der in files if (source := read_source(der)) is not None)
