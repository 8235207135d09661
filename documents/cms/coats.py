"""What programs wrap around a signature: base64 in its many forms."""

import base64
import binascii
import codecs
import re

from documents.cms.refusal import SignatureRefused

MAX_UPLOADED = 128 * 1024  # bytes, base64 and all
MAX_DECODED = 96 * 1024  # an honest chain of four with a stamp and three revocation lists takes 38 kB
NOT_A_SIGNATURE = "Это не файл электронной подписи (.sig), или он повреждён."

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ARMORED = re.compile(r"\s*-----BEGIN ([A-Z0-9# ]{1,40})-----([^-]*)-----END \1-----\s*", re.ASCII)

_SOMETHING_ELSE = re.compile("KEY|CERTIFICATE|CRL|REQUEST")


def undressed(content: bytes) -> bytes:
    """The signature itself.

    Args:
        content: the file: BER, or base64 with or without lines, marks and byte order, in UTF-8 or UTF-16.

    Returns:
        Bytes that begin like a container; nothing of it has been read.

    Raises:
        SignatureRefused: it is empty, too large, or nothing of the kind.
    """
    if not content:
        raise SignatureRefused("Файл подписи пуст.")
    if len(content) > MAX_UPLOADED:
        raise SignatureRefused("Файл больше 128 КБ: отсоединённая подпись столько не занимает.")
    bare = content if content[:1] == b"\x30" else _from_base64(_text(content))
    if len(bare) > MAX_DECODED:
        raise SignatureRefused("Подпись больше 96 КБ: отсоединённая подпись столько не занимает.")
    return bare


def _text(content: bytes) -> str:
    """The characters of a text file; base64 needs no others than those of ASCII."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if content[1:2] == b"\x00":
        return content.decode("utf-16-le", "replace")
    if content[:1] == b"\x00":
        return content.decode("utf-16-be", "replace")
    return content.decode("ascii", "replace")


def _from_base64(text: str) -> bytes:
    armored = _ARMORED.fullmatch(text)
    if armored is None and "-----END" in text:
        raise SignatureRefused("Вокруг подписи в файле есть лишние данные.")
    if armored and _SOMETHING_ELSE.search(armored[1]):
        raise SignatureRefused(NOT_A_SIGNATURE)
    try:
        return base64.b64decode(re.sub(r"\s+", "", armored[2] if armored else text), validate=True)
    except (ValueError, binascii.Error) as broken:
        raise SignatureRefused(NOT_A_SIGNATURE) from broken
