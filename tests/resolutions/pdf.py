"""Reading PDFs in tests."""

from io import BytesIO

from pypdf import PdfReader


def words_of(content: bytes) -> list[str]:
    """All words of a PDF in reading order."""
    reader = PdfReader(BytesIO(content))
    return " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ").split()
