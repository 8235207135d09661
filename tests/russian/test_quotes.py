"""A name between «ёлочки», whatever marks it has; and nowhere another way to put one there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from russian.templatetags.russian import quoted

ROOT = Path(__file__).parent.parent.parent
OUTSIDE = {"tests", "var", "migrations"}
SOURCES = ("*.py", "*.html", "*.txt")
PUT_IN = re.compile(r"[«„]\s*(?:\{\{\s*([^{}]+?)\s*\}\}|\{([^{}%#][^{}]*)\}|%\((\w+)\)s|%s)|[\"']«[\"']\s*[+%]")

# What may stand there as it is: words of the portal's own, which have no quotation marks.
OWN_WORDS = re.compile(
    r"[A-Z_]+(\.value)?"  # a constant
    r"|(\w+[._])*(label|get_\w+_display(\(\))?|label\.lower\(\)|value)"  # a label of choices, a title of a sheet
)
EXCEPTIONS = {
    ("documents/checklist.py", "_shortened(word)"): "a passage of the paper, to the letter, so that it can be found",
    ("documents/checklist.py", "_shortened(text)"): "the same; its marks are what the finding is about",
    ("documents/checklist.py", "sign"): "a single sign",
    ("russian/alphabets.py", "one"): "a single letter",
    ("russian/alphabets.py", "self.word"): "a word, to the letter",
    ("russian/alphabets.py", "self.right"): "the same",
    ("resolutions/correspondence/checklist.py", "line[:60]"): "a passage of the letter, to the letter",
    ("resolutions/correspondence/checklist.py", "annex[:60]"): "the same",
    ("resolutions/models/ask_ledger.py", "row.name"): "the name of a step",
    ("revisions/replay.py", "row.name"): "the name of a step",
    ("resolutions/past/columns.py", "heading"): "the heading of a column of the portal's own workbook",
    ("resolutions/past/reading.py", "heading"): "the same",
    ("resolutions/past/reading.py", "sheet"): "the title of a sheet of the portal's own workbook",
    ("russian/quotes.py", "inner"): "here they are put",
}


def put_in() -> Iterator[tuple[str, str]]:
    """Each file with what it puts between quotation marks by itself."""
    for pattern in SOURCES:
        for path in ROOT.rglob(pattern):
            name = path.relative_to(ROOT)
            if OUTSIDE.isdisjoint(name.parts) and not name.parts[0].startswith("."):
                for found in PUT_IN.finditer(path.read_text(encoding="utf-8")):
                    yield str(name), next(filter(None, found.groups()), found[0])


def test_names_are_quoted_by_the_one_filter() -> None:
    others = {(name, what) for name, what in put_in() if not OWN_WORDS.fullmatch(what)}
    assert others - set(EXCEPTIONS) == set(), "let the filter `quoted` put them there"
    assert set(EXCEPTIONS) - others == set(), "an exception that is none any more"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("О проекте", "«О проекте»"),
        ("О проекте «Умный город»", "«О проекте „Умный город“»"),
        ("«Умный город»", "«Умный город»"),
        ("„Умный город“", "«Умный город»"),
        ('"Умный город"', "«Умный город»"),
        ("“Умный город”", "«Умный город»"),
        ('О проекте "Умный город"', "«О проекте „Умный город“»"),
        ("«Умный город» и «Умный дом»", "«„Умный город“ и „Умный дом“»"),
        ("«О проекте «Умный город»»", "«О проекте „Умный город“»"),
        ("О реализации проекта «Умный …", "«О реализации проекта „Умный …“»"),
        ("(О проекте)", "«(О проекте)»"),
        ("«»", "«»"),
        ("", "«»"),
    ],
)
def test_a_name_stands_in_one_pair_of_marks(name: str, told: str) -> None:
    assert quoted(name) == told


@given(st.text('аб «»„“”"()', max_size=20))
def test_one_pair_is_outside_and_no_word_is_lost(name: str) -> None:
    told = quoted(name)
    assert (told[0], told[-1]) == ("«", "»")
    assert not set("«»") & set(told[1:-1])
    assert re.findall(r"[аб ()]", told) == re.findall(r"[аб ()]", name)
    assert told.count("„") <= told.count("“")
