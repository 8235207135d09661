"""Files that the worker makes, for the tests: makers that do what a test wants, and rows."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from documents.models import PreparedFile
from documents.preparing import makers
from documents.preparing.makers import Arguments, Maker, Progress

DIGEST = hashlib.sha256(b"content").hexdigest()

A_FILE_TO_COME: dict[str, Any] = {
    "state": "making",
    "file": "",
    "sha256": "",
    "size": 0,
    "ready_at": None,
}  # what a file has while it is made


def a_file(**columns: Any) -> PreparedFile:
    """A file in the database, ready unless columns say otherwise."""
    ready = {"state": "ready", "file": "words/key.pdf", "sha256": DIGEST, "size": 1, "ready_at": timezone.now()}
    known = {"kind": "words", "day": timezone.localdate(), "digest": DIGEST}
    return PreparedFile.objects.create(**known | ready | columns)


def content_of(row: PreparedFile) -> bytes | None:
    """What is in a file; None when it is not there, or not what was stored."""
    file = row.open_checked()
    if file is None:
        return None
    with file:
        content: bytes = file.read()
    return content


class Words:
    """A content that a test changes, and what became of it.

    Attributes:
        said: the content.
        made: what was made of it, in order.
    """

    def __init__(self) -> None:
        self.said = "Слово"
        self.made: list[str] = []

    def read(self, arguments: Arguments) -> str:
        return self.said

    def make(self, content: str, progress: Progress) -> bytes:
        self.made.append(content)
        return content.encode()


@contextmanager
def maker(words: Words, make: Callable[[str, Progress], bytes] | None = None, **attributes: Any) -> Iterator[Maker]:
    """Papers of the kind "words" meanwhile."""
    addresses: list[Any] = [lambda arguments: "/words.pdf", lambda arguments: "/words/"]
    one = Maker("words", "Слова", words.read, make or words.make, *addresses, **attributes)
    with patch.dict(makers._makers, words=one):
        yield one
