"""The report on execution as a PDF and as a Word file; both print the same sections."""

from documents import word
from documents.engine import Paper, render_pdf
from resolutions.execution.printed import sections_of
from resolutions.execution.report import ExecutionReport
from revisions.days import noon_of
from russian.templatetags.russian import long_date, quoted

KIND = "Информация об исполнении решения"


def render_execution(report: ExecutionReport) -> bytes:
    """Print the report.

    Args:
        report: what to print.

    Returns:
        The bytes of a PDF; the same for the same report.

    Raises:
        PaperError: a font is missing.
    """
    paper = Paper(
        template="documents/execution.html",
        context={"report": report, "kind": KIND, "sections": sections_of(report)},
        title=_title(report),
        author=report.union,
        created=noon_of(report.as_of),
    )
    return render_pdf(paper)


def write_execution(report: ExecutionReport) -> bytes:
    """The report as a Word file, in the layout of its PDF.

    Args:
        report: what to write.

    Returns:
        The bytes of a .docx file.
    """
    paper = word.WordPaper(title=_title(report), author=report.union, created=noon_of(report.as_of))
    paper.add(report.union, word.UNION)
    paper.add(KIND, word.KIND)
    paper.add(report.title, word.SUBJECT)
    paper.add(as_of(report), word.DAY)
    for section in sections_of(report):
        if section.heading:
            paper.add(section.heading, word.SECTION)
        for paragraph in section.paragraphs:
            paper.add(paragraph, word.LINE)
        if section.table:
            paper.add_table(section.table.columns, section.table.rows)
    return paper.content()


def as_of(report: ExecutionReport) -> str:
    """«По состоянию на 1 марта 2025 г.»."""
    return f"По состоянию на {long_date(report.as_of)}"


def _title(report: ExecutionReport) -> str:
    return f"{KIND} от {report.day_and_number} {quoted(report.title)} по состоянию на {long_date(report.as_of)}"
