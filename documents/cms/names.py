"""Names in certificates: read from the bytes, in every encoding that authorities have used."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from documents.cms.reader import Element

# Attributes of Russian certificates: приказ ФСБ России от 27.12.2011 № 795.
SNILS, INN_OF_PERSON, INN_OF_ORGANISATION, OGRN = (
    "1.2.643.100.3",
    "1.2.643.3.131.1.1",
    "1.2.643.100.4",
    "1.2.643.100.1",
)
COMMON_NAME, SURNAME, GIVEN_NAMES, ORGANISATION = "2.5.4.3", "2.5.4.4", "2.5.4.42", "2.5.4.10"

# TeletexString holds, in Russia, what Windows wrote: cp1251. PrintableString and IA5String should hold ASCII.
_ENCODINGS: Mapping[int, str] = {
    0x0C: "utf-8",
    0x12: "cp1251",
    0x13: "cp1251",
    0x14: "cp1251",
    0x16: "cp1251",
    0x1A: "cp1251",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
_MAX_PARTS, _ROOM = 64, 300


@dataclass(frozen=True)
class Name:
    """A distinguished name.

    Attributes:
        parts: the text of each kind of attribute; the last one counts when one is repeated.
        key: what two spellings of one name have in common (RFC 5280, 7.1): no case, single spaces, any encoding.
        der: the bytes of the name.
    """

    parts: Mapping[str, str]
    key: tuple[tuple[str, str], ...]
    der: bytes

    def __getitem__(self, oid: str) -> str:
        return self.parts.get(oid, "")

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key: what a database looks names up by."""
        return hashlib.sha256(repr(self.key).encode()).hexdigest()

    @property
    def person(self) -> str:
        """Surname and given names; empty when the name has no surname."""
        return f"{self[SURNAME]} {self[GIVEN_NAMES]}".strip() if self[SURNAME] else ""

    @property
    def inn(self) -> str:
        """ИНН of the person, else of the organisation."""
        return self[INN_OF_PERSON] or self[INN_OF_ORGANISATION]


def read_name(name: Element) -> Name:
    """Read a distinguished name.

    Args:
        name: its element.

    Raises:
        Malformed: it is none.
        SignatureRefused: it has more parts than names have.
    """
    pairs = []
    for relative in name.capped(_MAX_PARTS, "В имени владельца сертификата слишком много частей."):
        for part in relative.capped(_MAX_PARTS, "В имени владельца сертификата слишком много частей."):
            oid, value = part.fields(2)
            pairs.append((oid.oid(), shown(_text(value))))
    return Name(
        {oid: _fitted(text) for oid, text in pairs}, tuple((oid, text.casefold()) for oid, text in pairs), name.raw
    )


def _fitted(text: str) -> str:
    """A part of a name as pages have room for it; what is cut off leaves a sign."""
    return text if len(text) <= _ROOM else f"{text[: _ROOM - 1]}…"


def shown(text: str) -> str:
    """A text as it can be shown: without controls, marks of direction and whatever else has no shape.

    Args:
        text: as a stranger wrote it.
    """
    visible = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", text))
    return re.sub(" +", " ", "".join(one for one in visible if unicodedata.category(one)[0] != "C")).strip()


def _text(value: Element) -> str:
    encoding = _ENCODINGS.get(value.tag)
    return value.contents.decode(encoding, "replace") if encoding else value.contents.hex().upper()
