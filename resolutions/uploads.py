"""Files that prove something, let in by what they are before anything is stored."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files import File

from documents.downloads import safe_name
from documents.uploads import ATTACHMENT


@dataclass(frozen=True)
class Upload:
    """A file that was let in, not stored yet."""

    file: "File[Any]"
    name: str

    @classmethod
    def of(cls, file: "File[Any]") -> "Upload":
        """Let a file in.

        Args:
            file: what was sent, open or reopenable.

        Raises:
            ValidationError: empty, over 20 MB, of a kind nobody needs, or not what its ending says.
        """
        name = safe_name(str(file.name or ""))
        ATTACHMENT.check(file, name)
        return cls(file, name)

    def facts(self) -> dict[str, Any]:
        """The columns of an attachment that the file itself decides; it is read once."""
        digest = hashlib.sha256()
        for piece in self.file.chunks():
            digest.update(piece)
        return {"file": self.file, "name": self.name, "size": self.file.size, "sha256": digest.hexdigest()}
