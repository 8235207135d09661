"""One archive with everything that proves a document: to keep, to send, to check elsewhere."""

import zipfile
from io import BytesIO
from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.utils import timezone

from documents.downloads import safe_name
from documents.models import IssuedDocument, SignatureKind
from documents.protocol import protocol_of, render_protocol
from documents.stamps import stamped_copy

ROOM_FOR_TITLE = 100  # characters; Russian ones take two bytes each, and file systems take 255


def bundle(document: IssuedDocument) -> bytes:
    """Pack a document with its signatures.

    Args:
        document: an issued document.

    Returns:
        A ZIP archive: the original, every .sig file, the copy with marks if there is one, and the protocol of
        verification as PDF and JSON. Scans stay with the staff.

    Raises:
        DamagedDocument: the stored bytes are not those that were issued.
        PaperError: a font or library is missing.
    """
    protocol, copy = protocol_of(document), stamped_copy(document)
    original = f"{_stem(document)}.pdf"
    files = {original: document.read(), **_signature_files(document, original)}
    if copy is not None:
        files["Копия с отметкой об электронной подписи.pdf"] = copy
    files["Протокол проверки.pdf"] = render_protocol(protocol)
    files["Протокол проверки.json"] = protocol.as_json().encode()
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        moment = timezone.localtime(document.issued_at).timetuple()[:6]
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def bundle_name(document: IssuedDocument) -> str:
    """How the archive is called among somebody's downloads."""
    return f"{_stem(document)}.zip"


def _stem(document: IssuedDocument) -> str:
    """The title, safe and short enough, cut between words."""
    title = document.title
    if len(title) > ROOM_FOR_TITLE:
        title = title[: ROOM_FOR_TITLE + 1].rpartition(" ")[0] or title[:ROOM_FOR_TITLE]
    return PurePath(safe_name(f"{title}.pdf")).stem


def signature_name(original: str, number: int) -> str:
    """How a .sig file is called: after the original, as programs that check signatures expect.

    Args:
        original: name of the signed file.
        number: its place among the electronic signatures; the first carries none.

    Returns:
        A file name.
    """
    return f"{original}.sig" if number == 1 else f"{original}.{number}.sig"


def _signature_files(document: IssuedDocument, original: str) -> dict[str, bytes]:
    """The .sig files; several signatures of one file are one file."""
    containers: dict[str, FieldFile] = {}
    for signature in document.signatures.standing().filter(kind=SignatureKind.CMS):
        containers.setdefault(signature.container_sha256, signature.container)
    files = {}
    for number, container in enumerate(containers.values(), start=1):
        with container.open("rb") as stream:
            files[signature_name(original, number)] = stream.read()
    return files
