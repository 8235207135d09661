"""What people send: the kind of a file, by its content, and what each place takes, with its sentences of refusal."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.files import File
from django.http.response import HttpResponseBase

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from documents.cms import MAX_UPLOADED
from russian.templatetags.russian import quoted

KIBIBYTE, MEBIBYTE = 1024, 1024 * 1024
ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Kind:
    """A kind of file. What a file begins with decides, not its name.

    Attributes:
        beginning: its first bytes; empty for what no bytes tell apart.
        endings: of the names of such files; the first is the one that the portal gives.
    """

    beginning: bytes
    endings: tuple[str, ...]

    @property
    def ending(self) -> str:
        """What the portal calls such a file by."""
        return self.endings[0]


PDF = Kind(b"%PDF-", ("pdf",))
PNG = Kind(b"\x89PNG\r\n\x1a\n", ("png",))
JPEG = Kind(b"\xff\xd8\xff", ("jpg", "jpeg"))
ZIP = Kind(b"PK\x03\x04", ("zip", "docx", "xlsx", "pptx", "odt", "ods"))  # office files are archives
COMPOUND = Kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("doc", "xls", "msg"))  # of Microsoft; or one with a password
OTHER = Kind(b"", ("eml", "txt", "sig"))
KINDS = (PDF, PNG, JPEG, ZIP, COMPOUND, OTHER)
_LONGEST = max(len(kind.beginning) for kind in KINDS)


def sniff(file: "File[Any] | IO[bytes]") -> Kind:
    """What a file is by its first bytes.

    Args:
        file: seekable and open, or reopenable; its position is put back to the beginning.

    Returns:
        The kind; `OTHER` for what is none of the known ones.
    """
    file.seek(0)
    beginning = file.read(_LONGEST)
    file.seek(0)
    return next(kind for kind in KINDS if beginning.startswith(kind.beginning))


def kind_by_name(name: str) -> Kind | None:
    """What a file says that it is, by the ending of its name; None for an ending that nobody needs."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    return next((kind for kind in KINDS if ending in kind.endings), None)


@dataclass(frozen=True)
class Intake:
    """What one place takes. Its sentences may say `%(name)s`.

    Attributes:
        largest: in bytes.
        too_large: said of a larger file.
        empty: said of an empty file; without it an empty file is let through, for somebody else to refuse.
        kinds: what is taken; anything without them.
        wrong: said of another kind.
        by_name: whether the name has to say the same as the content.
    """

    largest: int
    too_large: str
    empty: str = ""
    kinds: Collection[Kind] = KINDS
    wrong: str = ""
    by_name: bool = False

    def check(self, file: "File[Any]", name: str = "") -> None:
        """Let a file in.

        Args:
            file: the upload.
            name: what it is called, where the place asks for that.

        Raises:
            ValidationError: it is empty, too large, or of another kind.
        """
        size = file.size or 0
        if self.empty and not size:
            raise ValidationError(self.empty, code="empty", params={"name": quoted(name)})
        if size > self.largest:
            raise ValidationError(self.too_large, code="too_large", params={"name": quoted(name)})
        if not self._takes(file, name):
            raise ValidationError(self.wrong, code="wrong_type", params={"name": quoted(name)})

    def _takes(self, file: "File[Any]", name: str) -> bool:
        if not self.by_name:
            return self.kinds is KINDS or sniff(file) in self.kinds
        said = kind_by_name(name)
        return said in self.kinds and (said is OTHER or said is sniff(file))


SCAN = Intake(
    20 * MEBIBYTE,
    too_large="Файл больше 20 МБ: отсканируйте документ с меньшим разрешением.",
    empty="Файл пуст: выберите скан документа.",
    kinds=(PDF, PNG, JPEG),
    wrong="Это не скан: подойдёт файл PDF, PNG или JPEG.",
)
ATTACHMENT = Intake(
    20 * MEBIBYTE,
    too_large="Файл %(name)s больше 20 МБ.",
    empty="Файл %(name)s пуст.",
    wrong="Файл %(name)s не подходит: приложите PDF, изображение, файл Word или Excel, письмо или архив ZIP.",
    by_name=True,
)
VERIFIED = Intake(
    50 * MEBIBYTE,
    too_large="Файл больше 50 МБ: портал таких документов не выпускает.",
    empty="Файл пуст: выберите другой.",
)
SIGNATURE = Intake(MAX_UPLOADED, too_large="Файл больше 128 КБ: отсоединённая подпись столько не занимает.")
CERTIFICATE = Intake(64 * KIBIBYTE, too_large="Файл больше 64 КБ: это не сертификат.")
REVOCATION = Intake(10 * MEBIBYTE, too_large="Файл больше 10 МБ: загрузите его командой load_crl.")


@dataclass(frozen=True)
class FilesTaken:
    """What a page takes besides its fields.

    Attributes:
        largest: all files of one form together, in bytes.
        may_send: who may send files there at all; what the thing itself says is asked by the view.
    """

    largest: int
    may_send: Callable[[Visitor], bool]


def takes_files(largest: int, may_send: Callable[[Visitor], bool]) -> Callable[[ViewT], ViewT]:
    """Let a view's page take files; no other view gets a body that is larger than a form's fields.

    Args:
        largest: all files of one form together, in bytes.
        may_send: who may send files there; everybody else's are refused before they are read.
    """

    def mark(view: ViewT) -> ViewT:
        vars(view)["files_taken"] = FilesTaken(largest, may_send)
        return view

    return mark


def holders_of(*permissions: Permission) -> Callable[[Visitor], bool]:
    """Those who hold one of some permissions."""
    return lambda user: any(has_permission(user, one) for one in permissions)
