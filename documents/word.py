"""Making Word files, for those who finish a document in Word: the same paper, with real styles.

Sizes are those of documents/paper.css, and so of ГОСТ Р 7.0.97-2025: A4, margins 30, 10, 20 and 20 mm, first-line
indent 12.5 mm, pages numbered from the second at the top centre.
"""

import datetime as dt
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from documents.engine import UNION_NAME

FONT = "Times New Roman"
TEXT_WIDTH = Mm(210 - 30 - 10)

# Names of the paragraph styles; people see them in Word's list of styles.
UNION, BODY_NAME, MARK, KIND = "Название организации", "Орган", "Отметка «Проект»", "Вид документа"
REQUISITES, HEADING, TEXT, SIGNATURE = "Реквизиты", "Заголовок к тексту", "Текст документа", "Подпись"
ADDRESSEE, SALUTATION, EXECUTOR = "Адресат", "Обращение", "Исполнитель"
ANNEXES = "Отметка о приложении"


class WordPaper:
    """A document being written, paragraph by paragraph, in the styles of the paper."""

    def __init__(self, *, title: str, created: dt.datetime) -> None:
        """Begin an empty sheet.

        Args:
            title: title of the document, in its properties.
            created: when the document came to be.
        """
        self.document: WordDocument = Document()
        _set_up_page(self.document)
        _add_styles(self.document)
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = title, UNION_NAME, "ru-RU"
        properties.created = properties.modified = created
        properties.last_modified_by, properties.comments = UNION_NAME, ""

    def add(self, text: str, style: str = TEXT, *, introduces: bool = False) -> None:
        """Add a paragraph.

        Args:
            text: plain text; a tab separates left from right in `REQUISITES`, `SIGNATURE` and `ANNEXES`.
            style: one of the styles of this module.
            introduces: stays on one page with the beginning of the next paragraph.
        """
        self.document.add_paragraph(text, style=style).paragraph_format.keep_with_next = introduces or None

    def add_signature(self, position: str, name: str) -> None:
        """The signature: position – space – name, never alone on a page."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.add(f"{position}\t{name}", SIGNATURE)

    def content(self) -> bytes:
        """The bytes of the .docx file."""
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def _set_up_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_page_number(number)


def _add_page_number(paragraph: Paragraph) -> None:
    """A PAGE field, which python-docx has no method for."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_styles(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 - for the type checker: Word's own default style
    normal.font.name, normal.font.size = FONT, Pt(14)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.15
    centre, right, both = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
    _style(document, UNION, align=centre, bold=True, size=16)
    _style(document, BODY_NAME, align=centre, size=15, before=8)
    _style(document, MARK, align=right, italic=True, before=8)
    _style(document, KIND, base="Heading 1", align=centre, bold=True, size=18, before=16)
    _style(document, REQUISITES, before=18, tab=True)
    _style(document, HEADING, base="Heading 2", bold=True, before=24, after=20, right_indent=Mm(65))
    _style(document, TEXT, align=both, after=4, first_line=True)
    _style(document, SIGNATURE, before=36, tab=True)
    _style(document, ADDRESSEE, left_indent=Mm(92))
    _style(document, SALUTATION, align=centre, before=12, after=12)
    _style(document, ANNEXES, before=6, left_indent=Mm(30), hanging=True)
    _style(document, EXECUTOR, size=12, before=24)


def _style(
    document: WordDocument,
    name: str,
    *,
    base: str = "Normal",
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    left_indent: Mm | None = None,
    right_indent: Mm | None = None,
    first_line: bool = False,
    hanging: bool = False,
    tab: bool = False,
) -> None:
    """Add one paragraph style; sizes and distances in points."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - for the type checker: we asked for a paragraph style
    style.base_style = document.styles[base]
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, italic
    layout = style.paragraph_format
    layout.alignment, layout.space_before, layout.space_after = align, Pt(before), Pt(after)
    layout.widow_control = True
    if base.startswith("Heading"):
        style.font.color.rgb = RGBColor(0, 0, 0)  # Word's own headings are blue
        layout.keep_with_next = True
    layout.left_indent, layout.right_indent = left_indent, right_indent
    if first_line:
        layout.first_line_indent = Mm(12.5)
    if hanging and left_indent is not None:
        layout.first_line_indent = -left_indent
        layout.tab_stops.add_tab_stop(left_indent)
    if tab:
        layout.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
