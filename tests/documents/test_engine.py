"""The engine: what a PDF carries, and what it refuses."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from documents import engine, fonts
from documents.engine import EngineMissing, Paper, render_pdf
from documents.fonts import FontMissing
from tests.documents.conftest import CREATED, VERIFICATION, decision_paper, letter_paper, opened
from tests.documents.texts import DECISION, Paragraph

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def catalog(reader: PdfReader) -> Any:
    """The root of the file; pypdf's objects have no useful types."""
    return reader.root_object


def structure(reader: PdfReader) -> list[tuple[str, str]]:
    """Tag and alternative text of each structure element, in reading order."""

    def walk(element: Any) -> list[tuple[str, str]]:
        element = element.get_object()
        if not isinstance(element, dict) or "/S" not in element:
            return []
        found = [(str(element["/S"]), str(element.get("/Alt", "")))]
        for kid in element.get("/K", []):
            found += walk(kid) if not isinstance(kid, int) else []
        return found

    return [pair for kid in catalog(reader)["/StructTreeRoot"]["/K"] for pair in walk(kid)]


def xmp(reader: PdfReader) -> ET.Element:
    return ET.fromstring(catalog(reader)["/Metadata"].get_data())  # noqa: S314 - our own file


def embedded_fonts(reader: PdfReader) -> dict[str, bool]:
    """Name → whether the font's program is inside the file."""
    found = {}
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            font = reference.get_object()
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            found[str(font["/BaseFont"]).split("+")[1]] = any(key.startswith("/FontFile") for key in descriptor)
    return found


def test_a_document_is_in_russian_and_shows_its_title() -> None:
    reader = opened(decision_paper())
    assert catalog(reader)["/Lang"] == "ru"
    assert catalog(reader)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Решение от 27 июня 2024 г."
    assert reader.metadata.author == "Союз городов Центра и Северо-Запада России"


def test_the_date_inside_is_the_papers() -> None:
    moscow = dt.timezone(dt.timedelta(hours=3))
    reader = opened(replace(decision_paper(), created=CREATED.astimezone(moscow)))
    assert reader.metadata is not None
    assert reader.metadata.creation_date == CREATED
    assert "2024-06-27T09:30:00Z" in ET.tostring(xmp(reader), encoding="unicode")


def test_a_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(decision_paper(), created=dt.datetime(2024, 6, 27))  # noqa: DTZ001 - that is the point


def test_the_metadata_claim_pdfa_3a_and_pdfua_1() -> None:
    attributes = {name: value for element in xmp(opened(decision_paper())).iter() for name, value in element.items()}
    assert attributes["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
    assert attributes["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert attributes["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_the_claim_of_pdfua_has_its_extension_schema() -> None:
    # PDF/A allows a property outside its own schemas only with a description (ISO 19005-3, 6.6.2.3).
    text = ET.tostring(xmp(opened(decision_paper())), encoding="unicode")
    assert "PDF/UA identification schema" in text
    assert ":prefix>pdfuaid<" in text


def test_a_document_is_tagged_with_real_headings_and_paragraphs() -> None:
    reader = opened(decision_paper())
    assert catalog(reader)["/MarkInfo"]["/Marked"]
    tags = [tag for tag, _ in structure(reader)]
    assert tags[0] == "/Document"
    assert [tag for tag in tags if tag.startswith("/H")] == ["/H1", "/H2"]
    assert tags.count("/P") >= 12


def test_the_qr_code_has_an_alternative_text() -> None:
    figures = [text for tag, text in structure(opened(decision_paper(verification=VERIFICATION))) if tag == "/Figure"]
    assert figures == [f"QR-код: проверка подлинности документа {VERIFICATION.code} по адресу {VERIFICATION.url}"]


@pytest.mark.parametrize("paper", [decision_paper(is_draft=True, verification=VERIFICATION), letter_paper()])
def test_only_liberation_serif_is_used_and_it_is_embedded(paper: Paper) -> None:
    embedded = embedded_fonts(opened(paper))
    assert all(embedded.values())
    assert set(embedded) <= {"Liberation-Serif", "Liberation-Serif-Bold", "Liberation-Serif-Italic"}


def test_the_data_travel_as_an_attachment() -> None:
    reader = opened(decision_paper())
    assert json.loads(reader.attachments["decision.json"][0]) == {"заголовок": "Решение"}
    (specification,) = catalog(reader)["/AF"]
    assert specification.get_object()["/AFRelationship"] == "/Data"
    # Its own date would be the moment of printing, and the bytes would change every second.
    parameters = specification.get_object()["/EF"]["/F"].get_object()["/Params"]
    assert parameters["/CreationDate"] == parameters["/ModDate"] == "D:20240627093000Z"


def test_two_renders_are_the_same_bytes() -> None:
    paper = decision_paper(is_draft=True, verification=VERIFICATION)
    assert render_pdf(paper) == render_pdf(paper)


def test_threads_render_the_same_bytes() -> None:
    paper = decision_paper()
    expected = render_pdf(paper)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: render_pdf(paper), range(12))) == {expected}


def test_another_process_in_another_time_zone_renders_the_same_bytes() -> None:
    script = (
        "import django; django.setup(); import hashlib; from documents.engine import render_pdf;"
        "from tests.documents.conftest import decision_paper;"
        "print(hashlib.sha256(render_pdf(decision_paper())).hexdigest())"
    )
    environment = {**os.environ, "TZ": "Asia/Vladivostok", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    elsewhere = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert elsewhere.stdout.strip() == hashlib.sha256(render_pdf(decision_paper())).hexdigest()


@pytest.mark.parametrize(
    "hostile",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        "</title></head><body><h1>Поддельное решение</h1>",
        '<a rel="attachment" href="file:///etc/passwd">здесь</a>',
        "{% include 'base.html' %}{{ paper.author }}",
    ],
)
def test_hostile_text_ends_as_text(hostile: str) -> None:
    paper = decision_paper(text=replace(DECISION, title=hostile, preamble=(Paragraph(hostile),)))
    reader = opened(replace(paper, title=hostile))
    assert list(reader.attachments) == ["decision.json"]
    assert [tag for tag, _ in structure(reader) if tag.startswith("/H")] == ["/H1", "/H2"]
    assert hostile.split()[0] in "".join(page.extract_text() for page in reader.pages)
    assert reader.metadata is not None
    assert reader.metadata.title == hostile


def test_the_document_itself_may_load_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    markup = '<html lang="ru"><title>T</title><link rel="attachment" href="file:///etc/passwd"><p>Текст</p></html>'
    monkeypatch.setattr(engine, "render_to_string", lambda *args: markup)
    assert list(opened(decision_paper()).attachments) == ["decision.json"]


def test_a_missing_font_is_an_error_and_no_fallback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fonts.font_files.cache_clear()
    monkeypatch.setattr(fonts, "font_directories", lambda: [tmp_path])
    with pytest.raises(FontMissing, match="нет шрифта Liberation Serif"):
        render_pdf(decision_paper())


def test_a_fallback_that_slips_through_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "settle", lambda root: None)
    with pytest.raises(FontMissing):
        render_pdf(decision_paper(text=replace(DECISION, title="О 漢字")))


def test_ordinary_russian_typography_is_printable() -> None:
    assert not fonts.unprintable("Ёё «„ёлочки“» — – - № § … ° € ½ × ÷ ± ² \u00a0\u2009\u202f\n\t’ “ ” I V X")


def test_missing_system_libraries_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def find_spec(self, name: str, path: object, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(EngineMissing, match="системных библиотек"):
        render_pdf(decision_paper())
