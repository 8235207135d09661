"""Making Word files, for those who finish a document in Word: the same paper, with real styles.

Its measures are those of `documents.measures`; only the white space between two paragraphs stands here, in points.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from documents import measures
from russian.shortening import shortened
from russian.typography import typeset

FONT = "Times New Roman"

# Names of the paragraph styles; people see them in Word's list of styles.
UNION, BODY_NAME, MARK, KIND = "Название организации", "Орган", "Отметка «Проект»", "Вид документа"
REQUISITES, HEADING, TEXT, SIGNATURE = "Реквизиты", "Заголовок к тексту", "Текст документа", "Подпись"
ADDRESSEE, SALUTATION, EXECUTOR = "Адресат", "Обращение", "Исполнитель"
ANNEXES = "Отметка о приложении"
SUBJECT, SECTION, DAY, LINE = "Предмет", "Раздел", "Отчётная дата", "Строка доклада"
CELL, CELL_NUMBER, CELL_HEADING = "Текст таблицы", "Число в таблице", "Заголовок таблицы"


LONGEST_PROPERTY = 255  # characters: what office programs keep of a property, and python-docx refuses to write more


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: its heading, its share of the width, and whether it holds numbers."""

    heading: str
    width: int = 1
    is_number: bool = False


class WordPaper:
    """A document being written, paragraph by paragraph, in the styles of the paper."""

    def __init__(self, *, title: str, author: str, created: dt.datetime) -> None:
        """Begin an empty sheet.

        Args:
            title: title of the document, in its properties; a longer one than they hold is cut there.
            author: whose document it is: the Union by its name of the paper's own day.
            created: when the document came to be.
        """
        self.document: WordDocument = Document()
        _set_up_page(self.document)
        _let_spaces_stretch(self.document)
        _add_styles(self.document)
        properties = self.document.core_properties
        properties.title, properties.language = shortened(title, LONGEST_PROPERTY), "ru-RU"
        properties.author = properties.last_modified_by = shortened(author, LONGEST_PROPERTY)
        properties.created = properties.modified = created
        properties.comments = ""

    def add(self, text: str, style: str = TEXT, *, introduces: bool = False) -> None:
        """Add a paragraph.

        Args:
            text: plain text, which the typographer binds; a tab separates left from right in `REQUISITES`, `SIGNATURE`
                and `ANNEXES`.
            style: one of the styles of this module.
            introduces: stays on one page with the beginning of the next paragraph.
        """
        self.document.add_paragraph(typeset(text), style=style).paragraph_format.keep_with_next = introduces or None

    def add_signature(self, position: str, name: str) -> None:
        """The signature: position – space – name, never alone on a page."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.add(f"{position}\t{name}", SIGNATURE)

    def add_table(self, columns: Sequence[TableColumn], rows: Iterable[Sequence[str]]) -> None:
        """Add a table whose header is repeated on every page; no row is torn by the end of a page.

        Args:
            columns: from left to right.
            rows: cells of plain text, bound as well, one for each column; each line of a cell is a paragraph.

        Raises:
            ValueError: the table follows another one directly. Word would make one table of both.
        """
        body = self.document.element.body
        if len(body) > 1 and body[-2].tag == qn("w:tbl"):  # the last element holds the page's set-up
            raise ValueError("A table needs a paragraph before it.")
        table = self.document.add_table(rows=0, cols=len(columns), style="Table Grid")
        table.autofit = False
        total = sum(column.width for column in columns)
        text_width = Mm(measures.PAPER.text_width)
        widths = [Emu(int(text_width * column.width / total)) for column in columns]
        for grid, width in zip(table.columns, widths, strict=True):
            grid.width = width
        styles = [self.document.styles[CELL_NUMBER if column.is_number else CELL] for column in columns]
        headings = [column.heading for column in columns]
        header = _add_row(table, headings, widths, [self.document.styles[CELL_HEADING]] * len(columns))
        header.append(OxmlElement("w:tblHeader"))  # python-docx has no method for it
        for row in rows:
            _add_row(table, row, widths, styles)

    def content(self) -> bytes:
        """The bytes of the .docx file."""
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def _add_row(table: Table, texts: Sequence[str], widths: Sequence[Emu], styles: Sequence[BaseStyle]) -> BaseOxmlElement:
    """Add a row; the answer holds its properties."""
    row = table.add_row()
    properties: BaseOxmlElement = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    for cell, text, width, style in zip(row.cells, texts, widths, styles, strict=True):
        cell.width = width
        first, *more = typeset(text).split("\n")
        cell.paragraphs[0].text = first
        for line in more:
            cell.add_paragraph(line)
        for paragraph in cell.paragraphs:
            paragraph._p.style = style.style_id  # by its name python-docx searches all styles, for each cell
    return properties


def _set_up_page(document: WordDocument) -> None:
    section, paper = document.sections[0], measures.PAPER
    section.page_width, section.page_height = Mm(paper.sheet_width), Mm(paper.sheet_height)
    section.left_margin, section.right_margin = Mm(paper.left_margin), Mm(paper.right_margin)
    section.top_margin, section.bottom_margin = Mm(paper.top_margin), Mm(paper.bottom_margin)
    section.header_distance = Mm(paper.number_margin)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_page_number(number)


def _let_spaces_stretch(document: WordDocument) -> None:
    """No-break spaces stretch in justified lines as any other, which Word does in the mode of 2013 and later."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _add_page_number(paragraph: Paragraph) -> None:
    """A PAGE field, which python-docx has no method for."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_styles(document: WordDocument) -> None:
    normal, paper = document.styles["Normal"], measures.PAPER
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 - for the type checker: Word's own default style
    normal.font.name, normal.font.size = FONT, Pt(paper.text_size)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = paper.word_spacing
    centre, right, both = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
    _style(document, UNION, align=centre, bold=True, size=paper.union_size)
    _style(document, BODY_NAME, align=centre, size=paper.body_size, before=8)
    _style(document, MARK, align=right, italic=True, before=8)
    _style(document, KIND, base="Heading 1", align=centre, bold=True, size=paper.kind_size, before=16)
    _style(document, REQUISITES, before=18, tab=True)
    beside_heading = Mm(paper.text_width - paper.heading_width)
    _style(document, HEADING, base="Heading 2", bold=True, before=24, after=20, right_indent=beside_heading)
    _style(document, TEXT, align=both, after=4, first_line=True)
    _style(document, LINE, after=4, first_line=True)
    _style(document, SIGNATURE, before=36, tab=True)
    _style(document, ADDRESSEE, left_indent=Mm(paper.text_width - paper.block_width))
    _style(document, SALUTATION, align=centre, before=12, after=12)
    _style(document, ANNEXES, before=6, left_indent=Mm(paper.annex_mark_width), hanging=True)
    _style(document, EXECUTOR, size=paper.small_size, before=24)
    _style(document, SUBJECT, base="Heading 2", align=centre, bold=True, before=12, after=12)
    _style(document, SECTION, base="Heading 2", bold=True, before=18, after=8)
    _style(document, DAY, align=centre, after=12)
    _style(document, CELL, size=paper.small_size, before=2, after=2)
    _style(document, CELL_NUMBER, base=CELL, align=right, size=paper.small_size, before=2, after=2)
    _style(document, CELL_HEADING, base=CELL, size=paper.small_size, bold=True, before=2, after=2)


def _style(
    document: WordDocument,
    name: str,
    *,
    base: str = "Normal",
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    size: float | None = None,
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
    """Add one paragraph style; sizes and distances in points, the size of the text without one."""
    paper = measures.PAPER
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - for the type checker: we asked for a paragraph style
    style.base_style = document.styles[base]
    style.font.name, style.font.size = FONT, Pt(size or paper.text_size)
    style.font.bold, style.font.italic = bold, italic
    layout = style.paragraph_format
    layout.alignment, layout.space_before, layout.space_after = align, Pt(before), Pt(after)
    layout.widow_control = True
    if base.startswith("Heading"):
        style.font.color.rgb = RGBColor(0, 0, 0)  # Word's own headings are blue
        layout.keep_with_next = True
    layout.left_indent, layout.right_indent = left_indent, right_indent
    if first_line:
        layout.first_line_indent = Mm(paper.first_line_indent)
    if hanging and left_indent is not None:
        layout.first_line_indent = -left_indent
        layout.tab_stops.add_tab_stop(left_indent)
    if tab:
        layout.tab_stops.add_tab_stop(Mm(paper.text_width), WD_TAB_ALIGNMENT.RIGHT)
