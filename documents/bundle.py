"""One archive with everything that proves a document: to keep, to send, to check elsewhere."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone

from documents.downloads import safe_name
from documents.models import IssuedDocument, SignatureKind
from documents.preparing.makers import Arguments, Maker, Progress
from documents.protocol import Protocol, protocol_of, render_protocol
from documents.stamps import Stamp, copy_label, stamped_copy, stamps_of

ROOM_FOR_TITLE = 100  # characters; Russian ones take two bytes each, and file systems take 255


@dataclass(frozen=True)
class Bundled:
    """What goes into the archive of a document.

    Attributes:
        document: the document itself.
        protocol: what is known of it and its signatures.
        stamps, label: the marks on its copy, and what stands at the head of that.
        containers: SHA-256 of the .sig files.
    """

    document: IssuedDocument
    protocol: Protocol
    stamps: tuple[Stamp, ...]
    label: str
    containers: tuple[str, ...]


def read_bundle(arguments: Arguments) -> Bundled:
    """What is to be packed now.

    Raises:
        IssuedDocument.DoesNotExist: there is no such document.
        DamagedDocument: the stored bytes are not those that were issued.
    """
    document = IssuedDocument.objects.with_state().get(pk=arguments["document"])
    return Bundled(
        document=document,
        protocol=protocol_of(document),
        stamps=stamps_of(document),
        label=copy_label(document),
        containers=tuple(_containers(document)),
    )


def bundle(document: IssuedDocument, protocol: Protocol) -> bytes:
    """Pack a document with its signatures.

    Args:
        document: an issued document.
        protocol: of its verification.

    Returns:
        A ZIP archive: the original, every .sig file, the copy with marks if there is one, and the protocol of
        verification as PDF and JSON. Scans stay with the staff.

    Raises:
        DamagedDocument: the stored bytes are not those that were issued.
        PaperError: a font or library is missing.
    """
    copy = stamped_copy(document)
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
    files = {}
    for number, container in enumerate(_containers(document).values(), start=1):
        with container.open("rb") as stream:
            files[signature_name(original, number)] = stream.read()
    return files


def _containers(document: IssuedDocument) -> dict[str, FieldFile]:
    """The different .sig files, by SHA-256."""
    containers: dict[str, FieldFile] = {}
    for signature in document.signatures.standing().filter(kind=SignatureKind.CMS):
        containers.setdefault(signature.container_sha256, signature.container)
    return containers


def _make(content: Bundled, progress: Progress) -> bytes:
    return bundle(content.document, content.protocol)


def _address_of(name: str) -> Callable[[Arguments], str]:
    def address(arguments: Arguments) -> str:
        codes = IssuedDocument.objects.values_list("verification_code", flat=True)
        return reverse(name, args=[codes.get(pk=arguments["document"])])

    return address


MAKER = Maker(
    "bundle",
    "Документ с подписями и протоколом проверки (ZIP)",
    read_bundle,
    _make,
    _address_of("document_bundle"),
    _address_of("verify_code"),
)
