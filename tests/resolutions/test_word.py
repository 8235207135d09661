"""`decision.docx` and `letter.docx`: the same words as on the paper, in real styles."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Length, Pt, RGBColor

from accounts.models import User
from resolutions.models import Letter, Resolution
from russian.typography import typeset
from tests.conftest import ClientFor
from tests.resolutions.test_seed import SOURCE, words

pytestmark = pytest.mark.slow


def opened(client: Client, name: str, *args: object) -> WordDocument:
    response = client.get(reverse(name, args=args))
    assert response.headers["Content-Disposition"].startswith("attachment")
    return Document(BytesIO(response.content))


def millimetres(length: Length | None) -> float | None:
    return None if length is None else round(length.mm, 1)


def text_of(document: WordDocument) -> list[str]:
    return words(" ".join(paragraph.text for paragraph in document.paragraphs))


def test_every_word_of_the_source_stands_in_its_place(
    client_for: ClientFor, secretariat: User, seeded: Resolution
) -> None:
    document = opened(client_for(secretariat), "decision_docx", seeded.slug)
    assert text_of(document) == words(SOURCE.read_text(encoding="utf-8"))


def test_an_adopted_decision_has_no_draft_mark(client_for: ClientFor, chair: User, adopted: Resolution) -> None:
    assert "Проект" not in text_of(opened(client_for(chair), "decision_docx", adopted.slug))


def test_the_page_is_that_of_the_standard(client: Client, signed: Resolution) -> None:
    section = opened(client, "decision_docx", signed.slug).sections[0]
    margins = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [millimetres(margin) for margin in margins] == [30, 10, 20, 20]  # ГОСТ Р 7.0.97-2025, margins
    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml


def test_paragraphs_carry_real_styles(client: Client, signed: Resolution) -> None:
    document = opened(client, "decision_docx", signed.slug)
    styles = {paragraph.text: paragraph.style for paragraph in document.paragraphs}
    text, kind = styles["Первый абзац."], styles["Решение"]
    assert text is not None
    assert kind is not None
    assert millimetres(text.paragraph_format.first_line_indent) == 12.5
    assert (text.font.name, text.font.size) == ("Times New Roman", Pt(14))
    assert kind.base_style is not None
    assert kind.base_style.name == "Heading 1"
    assert kind.font.color.rgb == RGBColor(0, 0, 0)


def test_the_letter_holds_its_requisites_and_text(client_for: ClientFor, secretariat: User, appeal: Letter) -> None:
    document = opened(client_for(secretariat), "letter_docx", appeal.pk)
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == "Проект"
    assert typeset(appeal.addressee) in lines
    assert {typeset(one) for one in appeal.paragraphs[:-1]} <= set(lines)
    # The note on annexes has a column for its entries.
    assert typeset(appeal.paragraphs[-1]).replace(": ", ":\t") in lines
    assert lines[-1] == typeset(f"{appeal.signatory_position}\t{appeal.signatory_name}")


def test_markup_and_formulas_are_only_text(client_for: ClientFor, secretariat: User, appeal: Letter) -> None:
    Letter.objects.filter(pk=appeal.pk).update(body="<w:br/> & {TOC} «текст»")
    document = opened(client_for(secretariat), "letter_docx", appeal.pk)
    assert "<w:br/> & {TOC} «текст»" in [paragraph.text for paragraph in document.paragraphs]
