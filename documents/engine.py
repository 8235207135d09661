"""Making PDF files: content object → template → PDF/A-3a and PDF/UA-1 in one."""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from documents import measures
from documents.fonts import FAMILIES, FontMissing, PaperError, font_files
from documents.settling import settle

if TYPE_CHECKING:
    import pydyf
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

HERE = Path(__file__).resolve().parent


class EngineMissing(PaperError):
    """WeasyPrint does not start, because a system library is missing."""

    def __init__(self) -> None:
        super().__init__(
            "Документ нельзя напечатать: на сервере не хватает системных библиотек. "
            "Попросите администратора выполнить «manage.py check»: команда назовёт недостающее."
        )


@dataclass(frozen=True)
class Paper:
    """One document, before it becomes a PDF. The same paper always gives the same bytes.

    Attributes:
        template: name of a template that extends "documents/base.html", such as "documents/decision.html".
        context: what the template prints; a `verification` (documents.verification) puts the QR code on the first
            sheet. The template also gets the paper itself as `paper`.
        title: title of the document, shown by readers instead of the file's name.
        author: whose document it is: the Union by its name of the paper's own day; the head of papers without another.
        created: when the document came to be, with a time zone; the date inside the PDF.
        data: the content for machines (JSON), attached to the PDF.
        data_name: file name of the attachment.
    """

    template: str
    context: Mapping[str, Any] = field(hash=False)
    title: str
    author: str
    created: dt.datetime
    data: bytes | None = None
    data_name: str = "document.json"

    def __post_init__(self) -> None:
        if self.created.tzinfo is None:
            raise ValueError("Paper.created needs a time zone: without it the bytes would depend on the machine's.")

    @property
    def created_utc(self) -> dt.datetime:
        """The moment of creation in UTC, to the second: PDF keeps no more."""
        return self.created.astimezone(dt.UTC).replace(microsecond=0)

    @property
    def created_w3c(self) -> str:
        """The same for the document's metadata, as «2024-06-27T09:00:00Z»."""
        return f"{self.created_utc:%Y-%m-%dT%H:%M:%SZ}"


_of_this_thread = threading.local()


def _fonts_and_stylesheet() -> "tuple[FontConfiguration, weasyprint.CSS]":
    """What a thread keeps between renders.

    Pango's font maps are not thread-safe (sharing one corrupts the heap), and a new one per render leaks.
    """
    if not hasattr(_of_this_thread, "kept"):
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
        _of_this_thread.kept = fonts, _weasyprint().CSS(filename=HERE / "paper.css", font_config=fonts)
    kept: tuple[FontConfiguration, weasyprint.CSS] = _of_this_thread.kept
    return kept


def _weasyprint() -> Any:
    """WeasyPrint, imported where a document is made: it needs system libraries and half a second."""
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # ten lines a document otherwise
    try:
        import weasyprint
    except OSError as error:
        raise EngineMissing from error
    return weasyprint


def render_pdf(paper: Paper) -> bytes:
    """Print a document.

    Args:
        paper: what to print.

    Returns:
        A tagged PDF in Russian that claims PDF/A-3a and PDF/UA-1; the same bytes for the same paper, as long as
        WeasyPrint and the fonts stay the same. Whatever the text holds is printed, as `documents.settling` says.

    Raises:
        FontMissing: Liberation Serif is not installed, or another font that the text needs.
        EngineMissing: a system library is missing.
    """
    return _write(_lay_out(paper), _attachments(paper))


def render_together(
    papers: Sequence[Paper], *, title: str, told: Callable[[int, int], None] = lambda done, total: None
) -> bytes:
    """Print several documents as one file, each from a new sheet and with page numbers of its own.

    Args:
        papers: one or more, in their order; what machines read of them is not attached.
        title: title of the whole.
        told: hears after each paper how many of how many are laid out.

    Returns:
        A PDF as of `render_pdf`, dated like the first paper.

    Raises:
        PaperError: as `render_pdf`.
    """
    laid_out = []
    for paper in papers:
        laid_out.append(_lay_out(paper))
        told(len(laid_out), len(papers))
    whole = laid_out[0].copy([page for document in laid_out for page in document.pages])
    whole.metadata.title = title
    return _write(whole, [])


def _lay_out(paper: Paper) -> "weasyprint.Document":
    """Template to pages."""
    font_files()
    library = _weasyprint()
    markup = render_to_string(paper.template, {**paper.context, "paper": paper})
    # Whatever a text smuggles into the markup, the document itself may load nothing.
    fetcher = library.urls.URLFetcher(allowed_protocols=["data"])
    html = library.HTML(string=markup, url_fetcher=fetcher)
    settle(html.etree_element)
    fonts, stylesheet = _fonts_and_stylesheet()
    given = library.CSS(string=measures.PAPER.as_css())
    document: weasyprint.Document = html.render(
        font_config=fonts, stylesheets=[given, stylesheet], pdf_variant="pdf/a-3a"
    )
    return document


def _write(document: "weasyprint.Document", attachments: "list[weasyprint.Attachment]") -> bytes:
    """Pages to a file."""
    pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", attachments=attachments, finisher=_finish)
    return pdf


def _attachments(paper: Paper) -> "list[weasyprint.Attachment]":
    """The machine-readable content; its dates are the paper's, or two renders would differ."""
    if paper.data is None:
        return []
    return [
        _weasyprint().Attachment(
            file_obj=BytesIO(paper.data),
            name=paper.data_name,
            description="Содержание документа в машиночитаемом виде",
            created=paper.created_utc,
            modified=paper.created_utc,
            relationship="Data",
        )
    ]


def _finish(document: "weasyprint.Document", pdf: "pydyf.PDF") -> None:
    """Refuse a silent fallback of the fonts, and declare PDF/UA-1 beside PDF/A-3a, which WeasyPrint cannot."""
    ours = {family.name for family in FAMILIES}
    if any(font.family not in ours or font.missing for font in document.fonts.values()):
        raise FontMissing
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    declaration = (HERE / "pdfua.xml").read_bytes()
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", declaration + b"</rdf:RDF>")]
    metadata.compress = False  # archives read the metadata without unpacking
    if "AF" in pdf.catalog:  # WeasyPrint names each attachment twice
        pdf.catalog["AF"] = type(pdf.catalog["AF"])(dict.fromkeys(pdf.catalog["AF"]))
