"""Files that prove something, let in by what they are before anything is stored."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File

from documents.downloads import safe_name

MAX_BYTES = 20 * 1024 * 1024

# Ending → what a file with it begins with. What people attach: papers, scans, office files, letters.
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "zip"), (_ZIP,)),
    **dict.fromkeys(("doc", "xls", "msg"), (_OLE,)),
    **dict.fromkeys(("eml", "txt", "sig"), (b"",)),
}


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
        ending = PurePath(name).suffix.lstrip(".").lower()
        if not file.size:
            raise ValidationError("Файл «%(name)s» пуст.", params={"name": name})
        if file.size > MAX_BYTES:
            raise ValidationError("Файл «%(name)s» больше 20 МБ.", params={"name": name})
        file.seek(0)
        beginning = file.read(8)
        file.seek(0)
        if not any(beginning.startswith(one) for one in BEGINNINGS.get(ending, ())):
            raise ValidationError(
                "Файл «%(name)s» не подходит: приложите PDF, изображение, файл Word или Excel, письмо или архив ZIP.",
                params={"name": name},
            )
        return cls(file, name)

    def facts(self) -> dict[str, Any]:
        """The columns of an attachment that the file itself decides; it is read once."""
        digest = hashlib.sha256()
        for piece in self.file.chunks():
            digest.update(piece)
        return {"file": self.file, "name": self.name, "size": self.file.size, "sha256": digest.hexdigest()}
