"""What holds for every kind of document: sound files, claims of PDF/A and PDF/UA, the same bytes everywhere."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from documents.engine import Paper, render_pdf
from tests.documents.conftest import decision_paper, letter_paper, opened
from tests.documents.hostile import HOSTILE_PAPERS
from tests.documents.kinds import PAPERS, STAMP, protocol_paper
from tests.documents.test_engine import catalog, embedded_fonts, structure, xmp
from tests.documents.texts import LETTER

pytestmark = pytest.mark.slow  # a PDF or an archive a test

ROOT = Path(__file__).resolve().parents[2]

ALL = {**PAPERS, **{f"hostile {name}": HOSTILE_PAPERS[name] for name in ("copy", "summary")}}

kinds = pytest.mark.parametrize("paper", ALL.values(), ids=ALL.keys())


@kinds
def test_qpdf_finds_nothing_wrong(paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(render_pdf(paper))
    check = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)  # noqa: S603, S607
    assert (check.returncode, check.stderr) == (0, "")
    assert "No syntax or stream encoding errors found" in check.stdout


@kinds
def test_each_claims_pdfa_3a_and_pdfua_1_in_russian_with_a_title(paper: Paper) -> None:
    reader = opened(paper)
    attributes = {name: value for element in xmp(reader).iter() for name, value in element.items()}
    assert attributes["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
    assert attributes["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert attributes["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert catalog(reader)["/Lang"] == "ru"
    assert catalog(reader)["/MarkInfo"]["/Marked"]
    assert catalog(reader)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == paper.title


@kinds
def test_each_has_headings_paragraphs_and_alternative_texts(paper: Paper) -> None:
    tags = structure(opened(paper))
    headings = [tag for tag, _ in tags if tag.startswith("/H")]
    assert headings[0] == "/H1"
    levels = [int(tag[2:]) for tag in headings]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert ("/P", "") in tags
    assert all(text for tag, text in tags if tag == "/Figure")
    if paper.template in ("documents/survey_summary.html", "documents/protocol.html", "documents/handing_over.html"):
        assert {"/Table", "/TR", "/TH", "/TD"} <= {tag for tag, _ in tags}


@kinds
def test_each_link_is_tagged_and_says_where_it_leads(paper: Paper) -> None:
    reader = opened(paper)
    annotations = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    links = [one for one in annotations if one["/Subtype"] == "/Link"]
    assert len(links) == [tag for tag, _ in structure(reader)].count("/Link")
    assert all(one["/Contents"] and "/StructParent" in one for one in links)
    assert bool(links) == (paper.template == "documents/handing_over.html")


@kinds
def test_each_embeds_its_fonts(paper: Paper) -> None:
    embedded = embedded_fonts(opened(paper))
    assert embedded
    assert all(embedded.values())
    ours = "Liberation-Serif" if paper in PAPERS.values() else ("Liberation-Serif", "Tinos", "DejaVu-S")
    assert all(name.startswith(ours) for name in embedded)


PRINT_ALL = (
    "import django; django.setup(); import hashlib, json; from documents.engine import render_pdf;"
    "from tests.documents.kinds import PAPERS;"
    "print(json.dumps({name: hashlib.sha256(render_pdf(paper)).hexdigest() for name, paper in PAPERS.items()}))"
)


def run_script(script: str, *arguments: str, **environment: str) -> str:
    """What a script prints in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def hashes_in(zone: str) -> dict[str, str]:
    """What another process in another time zone makes of every paper; its dictionaries are ordered otherwise too."""
    found: dict[str, str] = json.loads(run_script(PRINT_ALL, TZ=zone, PYTHONHASHSEED=str(len(zone))))
    return found


@pytest.mark.slow
def test_two_processes_in_two_time_zones_print_the_same_bytes() -> None:
    here = {name: hashlib.sha256(render_pdf(paper)).hexdigest() for name, paper in PAPERS.items()}
    assert hashes_in("Asia/Vladivostok") == hashes_in("America/Los_Angeles") == here


HOSTILE = [
    '<link rel="attachment" href="file:///etc/passwd">',
    '<img src="http://127.0.0.1:9/x.png">',
    "</td></table><h1>Поддельное решение</h1>",
    "<style>@import url(file:///etc/passwd); p { display: none }</style>",
    "<script>alert(1)</script>",
    "{% include 'base.html' %}{{ settings.SECRET_KEY }}",
    "url(file:///etc/passwd)",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_ends_as_text_in_letters_copies_and_protocols(hostile: str) -> None:
    letter = replace(LETTER, addressee=hostile, heading=hostile, paragraphs=(hostile,), executor=hostile)
    papers = [
        letter_paper(letter=letter),
        decision_paper(stamps=(replace(STAMP, owner=hostile, certificate=hostile),)),
        protocol_paper(signer=hostile),
    ]
    for paper in papers:
        reader = opened(paper)
        assert set(reader.attachments) <= {"decision.json", "document.json"}
        assert [tag for tag, _ in structure(reader) if tag == "/H1"] == ["/H1"]
        text = "".join(page.extract_text() for page in reader.pages)
        assert "".join(hostile.split()) in "".join(text.split())
        assert "root:" not in text


BY_EIGHT_THREADS = """
import django
django.setup()
import gc, resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from documents.engine import render_pdf
from tests.documents.hostile import HOSTILE_PAPERS
from tests.documents.kinds import PAPERS

def memory():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20

paper, count = PAPERS["issued decision"], int(sys.argv[1])
expected = render_pdf(paper)
with ThreadPoolExecutor(8) as pool:
    same = set(pool.map(lambda _: render_pdf(paper), range(count))) == {expected}  # every thread has its fonts now
    before = memory()
    same &= set(pool.map(lambda _: render_pdf(paper), range(count))) == {expected}
    print(same, memory() - before)
"""


@pytest.mark.slow
@pytest.mark.parametrize("count", [32, pytest.param(100, marks=pytest.mark.soak)])
def test_documents_by_eight_threads_are_the_same_and_take_no_more_memory(count: int) -> None:
    """In a process of its own: pytest keeps the complaints of many documents, and what they refer to."""
    same, grown = run_script(BY_EIGHT_THREADS, str(count)).split()
    assert same == "True"
    assert int(grown) < 20  # megabytes
