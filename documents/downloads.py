"""Handing out files: what is made on request, what was issued, and what was uploaded."""

import re
from pathlib import PurePath

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from documents.models import DocumentState, IssuedDocument
from russian.shortening import within_bytes
from russian.text import tidy

# A PDF loads nothing. Browsers show it through a page of their own, which needs itself and its style.
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
WORD_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": WORD_MEDIA_TYPE,
    ".xlsx": WORKBOOK_MEDIA_TYPE,
    ".zip": "application/zip",
}
_FORBIDDEN_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_LONGEST_ENDING = 10  # what stands behind the last dot of a sentence is no ending
_LONGEST_NAME, _LONGEST_NAME_BYTES = 120, 255  # no file system takes more bytes; Windows counts the folders too


def pdf_response(content: bytes, filename: str, *, inline: bool = True) -> HttpResponse:
    """A PDF that was made for this visitor, now: nobody keeps it on the way.

    Args:
        content: the file.
        filename: in Russian, as people should find it among their downloads.
        inline: shown by the browser instead of saved.

    Returns:
        The answer.
    """
    return HttpResponse(content, headers=_headers(filename, inline=inline, cache="private, no-store"))


def issued_response(
    request: HttpRequest, document: IssuedDocument, filename: str, *, inline: bool = True
) -> HttpResponse:
    """The issued bytes, verified. Whether the visitor may have them is for the view to ask.

    Args:
        request: may carry If-None-Match or If-Match; the tag is the document's SHA-256.
        document: what to hand out.
        filename: as in `pdf_response`.
        inline: shown by the browser instead of saved.

    Returns:
        The bytes, or 304 for whoever has them already. Caches ask again each time: an address may come to mean a
        newer document.

    Raises:
        DamagedDocument: the stored bytes are not those that were issued.
    """
    content = document.read()
    etag = f'"{document.sha256}"'
    cache = "public, no-cache" if document.is_public else "private, no-cache"
    headers = {**_headers(filename, inline=inline, cache=cache), "ETag": etag}
    response = HttpResponse(content, headers=headers)
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response


def attachment_response(file: FieldFile, filename: str) -> FileResponse:
    """A file that somebody uploaded: saved, never shown, for nobody knows what is inside.

    Args:
        file: the stored upload.
        filename: how it is called; without an ending it gets the stored file's.

    Returns:
        The answer, streamed.
    """
    ending = PurePath(file.name or "").suffix
    name = filename if filename.endswith(ending) else filename + ending
    return FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=safe_name(name),
        content_type="application/octet-stream",
        headers={
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def word_response(content: bytes, filename: str) -> HttpResponse:
    """A Word file that was made for this visitor, now; saved, and kept by nobody on the way.

    Args:
        content: the .docx file.
        filename: as in `pdf_response`.

    Returns:
        The answer.
    """
    headers = _headers(filename, inline=False, cache="private, no-store") | {"Content-Type": WORD_MEDIA_TYPE}
    return HttpResponse(content, headers=headers)


def workbook_response(content: bytes, filename: str) -> HttpResponse:
    """A workbook that was made for this visitor, now; saved, and kept by nobody on the way.

    Args:
        content: the .xlsx file.
        filename: as in `pdf_response`.

    Returns:
        The answer.
    """
    headers = _headers(filename, inline=False, cache="private, no-store") | {"Content-Type": WORKBOOK_MEDIA_TYPE}
    return HttpResponse(content, headers=headers)


def prepared_response(
    request: HttpRequest, file: "File[bytes]", sha256: str, filename: str, *, inline: bool = False
) -> HttpResponseBase:
    """A file that was made before, for this content. Whether the visitor may have it is for the view to ask.

    Args:
        request: may carry If-None-Match; the tag is the file's SHA-256.
        file: open; closed with the answer.
        sha256: of it.
        filename: as in `pdf_response`; its ending says what it is.
        inline: shown by the browser instead of saved.

    Returns:
        The file, streamed, or 304 for whoever has it already. The browser asks again each time.
    """
    etag = f'"{sha256}"'
    headers = _headers(filename, inline=inline, cache="private, no-cache") | {"ETag": etag}
    without_file = HttpResponse(headers=headers)
    conditional = get_conditional_response(request, etag=etag, response=without_file)
    if conditional is not None and conditional is not without_file:
        file.close()
        return conditional
    del headers["Content-Type"]
    name = safe_name(filename)
    kind = MEDIA_TYPES[PurePath(filename).suffix]
    return FileResponse(file, as_attachment=not inline, filename=name, content_type=kind, headers=headers)


def named_by_state(document: IssuedDocument, filename: str) -> str:
    """The name of a file with the bytes of an issued document; says when they count no longer.

    Args:
        document: whose bytes.
        filename: how the file is called otherwise.

    Returns:
        «Решение (отозван).pdf».
    """
    if document.state is DocumentState.IN_FORCE:
        return filename
    stem, dot, ending = filename.rpartition(".")
    return f"{stem} ({document.state.label.lower()}){dot}{ending}"


def safe_name(filename: str) -> str:
    """A file name that every system takes.

    Args:
        filename: any text, with an ending.

    Returns:
        The name without characters that file systems refuse, 120 characters and 255 bytes at the most, ending kept.
    """
    cleaned = tidy(_FORBIDDEN_IN_NAMES.sub(" ", filename)).strip(". ")
    return fitting(cleaned or "document", _LONGEST_NAME)


def fitting(filename: str, most: int, mark: str = "") -> str:
    """A safe name with its stem cut to what file systems take, by characters and by bytes; its ending is kept.

    Args:
        filename: without characters that file systems refuse.
        most: how many characters there may be.
        mark: what is put before the ending, such as « (2)»; not counted among the characters.
    """
    suffix = PurePath(filename).suffix
    ending = suffix if len(suffix) <= _LONGEST_ENDING else ""
    stem = filename.removesuffix(ending)[: most - len(ending)]
    return within_bytes(stem, _LONGEST_NAME_BYTES - len((mark + ending).encode())).rstrip(". ") + mark + ending


def _headers(filename: str, *, inline: bool, cache: str) -> dict[str, str]:
    """What every document carries; the name by RFC 5987 when it is Russian."""
    return {
        "Content-Type": "application/pdf",
        "Content-Disposition": content_disposition_header(not inline, safe_name(filename)) or "inline",
        "Content-Security-Policy": PDF_POLICY,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": cache,
    }
