"""Every recorded text is printed: by the fonts that step in, or by «�» with a remark."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from documents import engine, fonts
from documents.engine import Paper, render_pdf, render_together
from documents.fonts import SUBSTITUTE, TINOS, FontMissing, unprintable
from documents.settling import remark, settle
from russian.templatetags.russian import plural_form
from russian.typography import typeset
from tests.documents.conftest import decision_paper, letter_paper, opened
from tests.documents.hostile import HOSTILE, HOSTILE_PAPERS
from tests.documents.kinds import summary_paper
from tests.documents.measured import Measured
from tests.documents.test_engine import embedded_fonts
from tests.documents.texts import DECISION, LETTER, Paragraph

pytestmark = pytest.mark.slow


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def settled(body: str) -> str:
    """The inside of a body, settled."""
    root = ET.fromstring(f"<html><head/><body>{body}</body></html>")  # noqa: S314 - our own
    settle(root)
    return "".join(ET.tostring(one, encoding="unicode") for one in root.iterfind("body/*"))


def letter_of(*paragraphs: str) -> Paper:
    return letter_paper(letter=replace(LETTER, paragraphs=paragraphs))


@pytest.mark.parametrize("paper", HOSTILE_PAPERS.values(), ids=HOSTILE_PAPERS.keys())
def test_each_kind_of_paper_prints_whatever_is_recorded(paper: Paper) -> None:
    text = text_of(opened(paper))
    body, _, told = text.rpartition(" Вместо ")
    assert all(sign in body for sign in "₽✔→Ⅳ\u0301\u0302")
    number = body.count(SUBSTITUTE)
    assert number == 2 * body.count("₽")
    assert told.startswith(f"{number} знак")
    times = f"{number // 2} {plural_form(number // 2, 'раз', 'раза', 'раз')}"
    assert told.endswith(f": U+6F22 – {times}, U+1F98A – {times}.")


def test_the_text_of_an_ordinary_paper_has_no_remark() -> None:
    assert "Вместо" not in text_of(opened(decision_paper()))


@pytest.mark.parametrize(
    ("lost", "number", "codes"),
    [
        ("🦊", "1 знака, которого", "U+1F98A"),
        ("🦊🦊", "2 знаков, которых", "U+1F98A – 2 раза"),
        ("漢🦊漢漢漢漢", "6 знаков, которых", "U+6F22 – 5 раз, U+1F98A – 1 раз"),
        ("\x01" * 21, "21 знака, которого", "U+0001 – 21 раз"),
    ],
)
def test_the_remark_names_them_with_right_plurals(lost: str, number: str, codes: str) -> None:
    sentence = f"Вместо {number} нет в шрифтах документа, напечатано «�»: {codes}."
    assert remark(Counter(lost)).replace("\u00a0", " ") == sentence


def test_the_remark_ends_where_nobody_would_read_on() -> None:
    sentence = remark(Counter(map(chr, range(0x4E00, 0x4E00 + 3000))))
    assert sentence.startswith("Вместо 3000\u00a0знаков")
    assert sentence.endswith(", U+4E31\u00a0– 1\u00a0раз и\u00a0ещё 2\u00a0950\u00a0других знаков.")


def test_papers_printed_together_have_a_remark_each() -> None:
    content = render_together([letter_of("Лиса 🦊"), letter_of("Чисто."), letter_of("Знак 漢")], title="Все")
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    assert ["U+1F98A" in page for page in pages] == [True, False, False]
    assert ["U+6F22" in page for page in pages] == [False, False, True]


def test_what_was_attached_keeps_the_true_text() -> None:
    paper = replace(letter_of(HOSTILE), data=HOSTILE.encode(), data_name="letter.json")
    assert opened(paper).attachments["letter.json"][0].decode() == HOSTILE


@pytest.mark.parametrize("style", ["span", "b", "i", "b><i"])
def test_signs_are_set_in_the_fonts_of_the_paper(monkeypatch: pytest.MonkeyPatch, style: str) -> None:
    signs = "₽ ✔ → Ⅳ и\u0301 ӳ ỹ"
    markup = f'<html lang="ru"><title>Т</title><p><{style}>{signs}</p></html>'
    monkeypatch.setattr(engine, "render_to_string", lambda *args: markup)
    reader = opened(decision_paper())
    embedded = embedded_fonts(reader)
    assert all(embedded.values())
    assert {name.split("-")[0] for name in embedded} == {"Liberation", "Tinos", "DejaVu"}
    assert ["Italic" in name for name in embedded if "Tinos" in name] == ["i" in style]
    assert text_of(reader) == signs


def test_a_sign_of_another_font_moves_no_line() -> None:
    plain, signed = (Measured(letter_of(*[f"Строка {sign}"] * 60)).sheets for sign in ("х", "₽ ✔ Ⅳ سلام � и\u0301 漢"))
    assert [line.top for line in plain[1].lines if line.size == 14] == pytest.approx(
        [line.top for line in signed[1].lines if line.size == 14], abs=0.01
    )
    assert len([line for line in plain[1].lines if "Строка" in line.text]) > 30


def test_what_leaves_no_mark_is_neither_printed_nor_counted() -> None:
    invisible = "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u200e\u202e\u2066\u034f\U000e0100"
    assert unprintable(invisible) == []
    assert settled(f"<p>✔{invisible}</p>") == settled("<p>✔</p>")


def test_spaces_of_every_width_are_spaces() -> None:
    assert settled("<p>раз\u3000два\u2028три\u1680пять</p>") == "<p>раз два три пять</p>"


def test_places_and_characters_without_a_glyph_are_told() -> None:
    assert unprintable("Рубль ₽, лиса 🦊 и 漢, снова 🦊") == [(14, "🦊"), (18, "漢"), (27, "🦊")]
    assert unprintable("\x00\uf004�") == [(0, "\x00"), (1, "\uf004"), (2, "�")]
    assert unprintable("Ёё «„ёлочки“» ✔\ufe0f → и\u0301 Ⅳ ₽ \u3000\n") == []


def test_signs_of_one_font_are_set_together_with_what_stands_between() -> None:
    sans = "<span class=\"sign\" style=\"font-family: 'DejaVu Sans', 'Liberation Serif', 'Tinos'\">"
    assert settled("<p>да <b>✔</b> нет ✔ ✘ так <br/>✔</p>") == (
        f"<p>да <b>{sans}✔</span></b> нет {sans}✔ ✘</span> так <br />{sans}✔</span></p>"
    )


def test_marks_stay_on_their_letters() -> None:
    assert "<span" not in settled("<p>и\u0301 x\u0302</p>")
    assert settled("<p>✔\u0301\u0489</p>").count("<span") <= 2  # whatever is set on a tick


def test_a_text_of_a_thousand_ticks_is_of_few_pieces() -> None:
    assert settled(f"<p>{'✔а' * 1000}</p>").count("<span") < 10


@pytest.mark.parametrize(
    "text", ["щ" * 20_000, "🦊" * 20_000, "я✔" * 3_000, "в " * 10_000], ids=["word", "lost", "ticks", "bound"]
)
def test_no_part_of_a_long_text_has_many_places_to_break(text: str) -> None:
    """In a table, laying out takes a time that grows with their square: `tests/benchmarks/long_words.py`."""
    parts = re.findall(">([^<]+)<", settled(f"<td>{text}</td>"))
    assert max(part.count("\u200b") for part in parts) <= 30
    assert "".join(parts).replace("\u200b", "").startswith(typeset(text).replace("🦊", SUBSTITUTE).strip())


def test_a_long_word_in_a_table_is_printed_whole() -> None:
    paper = summary_paper(cities=1)
    paper.context["questions"][0].answers = (("Город", "щ" * 20_000),)
    assert "щ" * 1000 in "".join(text_of(opened(paper)).split())


def test_letters_among_a_thousand_ticks_stay_in_the_font_of_the_paper() -> None:
    fonts_of: dict[str, set[str]] = {}

    def look(text: str, _user: object, _text: object, font: dict[str, str] | None, _size: float) -> None:
        for sign in set(text) & set("ф✔⤀"):
            fonts_of.setdefault(sign, set()).add(str(font and font["/BaseFont"]).partition("+")[2])

    for page in opened(letter_of("ф ✔ ⤀ " * 300)).pages:
        page.extract_text(visitor_text=look)
    assert fonts_of == {"ф": {"Liberation-Serif"}, "✔": {"DejaVu-Sans"}, "⤀": {"DejaVu-Serif"}}


def test_drawings_and_styles_are_left_alone() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>🦊</title></svg>'
    assert "Вместо" not in settled(f"<p>{svg}<style>🦊</style></p>")


def test_a_word_longer_than_a_line_can_be_broken_and_is_read_whole() -> None:
    word, chain = "щ" * 1000, "\u00a0".join(["слово"] * 14)
    assert max(map(len, re.sub(r"<[^>]*>", "", settled(f"<p>{word}</p>")).split("\u200b"))) == 10
    assert "\u200b\u0301" not in settled("<p>" + "ae\u0301" * 99 + "</p>")
    assert settled(f"<p>{chain}</p>").count("\u200b") == 13
    reader = opened(letter_of(word, chain))
    assert word in "".join(text_of(reader).split())
    assert "\u200b" not in text_of(reader)
    assert "".join(chain.split()) in "".join(text_of(reader).split())


def test_addresses_of_ordinary_length_are_not_opened() -> None:
    assert settled("<p>https://portal.example.org/verify/7K2M-XQ9A-3FTR/</p>").count("\u200b") == 0


@pytest.mark.soak
def test_ten_words_of_twenty_thousand_letters() -> None:
    text = text_of(opened(decision_paper(text=replace(DECISION, preamble=(Paragraph("щ" * 20_000),) * 10))))
    assert text.count("щ") > 200_000


def test_a_missing_font_is_asked_for_only_by_the_papers_that_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    there = fonts.glyphs

    def glyphs(family: fonts.Family) -> frozenset[int]:
        if family is TINOS:
            raise FontMissing(family)
        return there(family)

    monkeypatch.setattr(fonts, "glyphs", glyphs)
    assert render_pdf(letter_of("Обычный текст"))
    with pytest.raises(FontMissing, match=r"нет шрифта Tinos, а в документе есть знаки.*fonts-croscore"):
        render_pdf(letter_of("5 млн ₽"))


def test_half_a_fallback_is_a_missing_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "Tinos-Regular.ttf").touch()
    fonts.font_files.cache_clear()
    monkeypatch.setattr(fonts, "font_directories", lambda: [tmp_path])
    with pytest.raises(FontMissing, match="Tinos"):
        fonts.font_files(TINOS)
