"""With many members, decisions, letters and rounds every page asks the database as often as with few."""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.access_table import TABLE
from tests.conftest import ClientFor
from tests.resolutions.factory import GOVERNMENT
from tests.sgcszr_portal.many.copying import World
from tests.sgcszr_portal.many.world import FEW, MANY, begin, grow
from tests.unmeasured import unmeasured
from tests.world import world as world  # the fixture, so named for pytest

# What is not opened, each with its reason.
ASIDE: dict[str, str] = {
    **dict.fromkeys(
        (one.name for one in TABLE if one.name.endswith(("_pdf", "_docx", "_xlsx", "_zip", "_export"))),
        "a paper: made by the worker, or read whole whatever its length",
    ),
    **dict.fromkeys(
        ("attachment", "issued_document", "document_copy", "document_bundle", "document_scan", "signature_file"),
        "hands out a stored file",
    ),
    **dict.fromkeys(("archive_file", "prepared_file", "survey_letter_file"), "hands out a file"),
    **dict.fromkeys(
        ("municipality_import_file", "municipality_import_errors", "municipality_questionnaire"), "a workbook"
    ),
    **dict.fromkeys(("past_template", "past_import_file", "past_import_errors"), "a workbook"),
    **dict.fromkeys((one.name for one in TABLE if not one.is_ours), "a page of the login library"),
}
# Pages of what has grown, beside those of the table.
GROWN: tuple[tuple[str, tuple[object, ...]], ...] = (
    *(("point", (slug, number)) for slug in ("draft", "adopted", "signed") for number in range(1, 5)),
    *(("point_step", ("signed", 1, action)) for action in ("note", "instruct", "report", "extend", "result", "cancel")),
    *(("point_step", ("signed", 2, action)) for action in ("note", "report")),
    *(("letter", (name,)) for name in ("appeal", "repetition", "drafted", "sent", "signed_letter")),
    *(("letter_step", ("appeal", action)) for action in ("deliver", "extend", "note")),
    *(("letter_step", ("drafted", action)) for action in ("register", "annul", "note")),
    ("letter_edit", ("drafted",)),
    ("letter_void", ("appeal", "appeal_note")),
    ("letter_release", ("appeal",)),
    ("letter_release_void", ("appeal", "appeal_release")),
    ("incoming", ("answer_of_asks",)),
    ("survey", ("answered_round",)),
    ("survey_summary", ("answered_round",)),
    ("survey_edit", ("draft_round",)),
    ("survey_question_add", ("draft_round",)),
    ("survey_response", ("answered_round", "kostroma")),
    ("survey_answer", ("answered_round", "kostroma")),
    ("survey_letters", ("answered_round", "reminder")),
    ("municipality", ("renamed",)),
    ("municipality_naming", ("renamed",)),
    ("municipality_head", ("renamed",)),
    ("practice_requests", ()),
    ("mailing_add", ("signed", "circular")),
    ("mailing_add", ("signed", "gratitude")),
    ("mailing", ("registered_mailing",)),
    ("point", ("assigned", 5)),
)
TODAY = timezone.localdate()
# Lists and reports with a question in the address: other code answers.
QUESTIONS = (
    "/letters/?state=overdue",
    "/letters/?kind=appeal",
    f"/letters/incoming/add/?{urlencode({'from': GOVERNMENT})}",
    "/resolutions/signed/execution/?as_of=2026-01-31&known_on=2026-06-30",
    "/municipalities/?as_of=2025-12-31&known_on=2026-01-31",
    "/municipalities/compare/?from=2024-01-01&to=2026-01-01",
    "/practices/uptake/?as_of=2025-12-31",
    f"/resolutions/assigned/points/5/members/?as_of=2026-01-31&known_on={TODAY}",
    "/resolutions/assigned/execution/",
    f"/practices/commitments/?state=late&as_of=2026-01-31&known_on={TODAY}",
)
PERSONAS = ("secretariat", "official", "stranger")
# How often a page asks is the portal's; whether a database can answer, whoever may open most shows.
WALKED = PERSONAS[:1] if connection.vendor == "postgresql" else PERSONAS


def inside(sql: str, opening: str) -> Iterator[str]:
    """What stands in the brackets that begin with some words."""
    for found in re.finditer(re.escape(opening), sql):
        depth = 0
        for place in range(found.start() + opening.index("("), len(sql)):
            depth += {"(": 1, ")": -1}.get(sql[place], 0)
            if not depth:
                yield sql[found.start() : place + 1]
                break


def nests(sql: str) -> bool:
    """Whether a list of keys inside a query picks rows one by one: cubic, where the planner takes tables for empty."""
    return any(" ORDER BY " in listed and "LIMIT 1)" in listed for listed in inside(sql, " IN (SELECT "))


def addresses(world: World) -> list[str]:
    """Every page that is opened, once."""
    declared = [(one.name, one.args) for one in TABLE if one.get and one.name not in ASIDE]
    named = [(name, [world.get(one, one) for one in args]) for name, args in (*declared, *GROWN)]
    return list(dict.fromkeys([*(reverse(name, args=args) for name, args in named), *QUESTIONS]))


def test_what_is_left_aside_is_in_the_table() -> None:
    assert ASIDE.keys() <= {one.name for one in TABLE}


@dataclass
class Opened:
    """A page that somebody opened: the answer's status, what the database was asked, and how long it took."""

    persona: str
    page: str
    status: int = 0
    queries: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.page} for {self.persona}"

    def open(self, visitor: Client) -> "Opened":
        """Ask for the page, and note what the database is asked."""

        def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
            self.queries.append(re.sub(r"\(%s(?:, %s)+\)", "(…)", sql))  # however long a list is
            return execute(sql, *arguments)

        began = time.perf_counter()
        with connection.execute_wrapper(note):
            answer = visitor.get(self.page)
            assert not answer.streaming, f"{self.page} hands out a file: it belongs to what is left aside"
            self.status = answer.status_code
        self.seconds = time.perf_counter() - began
        return self

    def grown_to(self, other: "Opened") -> str:
        """What the same page asks now that it did not ask before; empty when it asks as often."""
        if (self.status, len(self.queries)) == (other.status, len(other.queries)):
            return ""
        more, less = (Counter(two.queries) - Counter(one.queries) for one, two in ((self, other), (other, self)))
        often = "\n".join(
            f"  {sign}{count} {sql[:150]} … {sql[sql.find(' FROM ') :][:150]}"
            for sign, queries in (("+", more), ("-", less))
            for sql, count in queries.most_common(3)
        )
        return f"{self}: {self.status}, {len(self.queries)} → {other.status}, {len(other.queries)}\n{often}"


@pytest.mark.slow
@pytest.mark.loose_ledgers
def test_every_page_asks_as_often_of_many_as_of_few(
    request: pytest.FixtureRequest, client_for: ClientFor, secretariat: User, chair: User
) -> None:
    known: World = request.getfixturevalue("world")
    people: tuple[Any, ...] = (secretariat, known["own_official"], None)
    visitors = {persona: client_for(who) for persona, who in zip(PERSONAS, people, strict=True)}
    begin(known, secretariat)
    pages = addresses(known)
    grow(known, FEW)
    opened = [Opened(persona, page).open(visitors[persona]) for persona in WALKED for page in pages]
    few = [one for one in opened if one.status == 200]  # what is refused has nothing to grow
    assert len({one.page for one in few}) > 150
    grow(known, MANY)
    with unmeasured():  # the same pages a second time, and longer ones
        many = [Opened(one.persona, one.page).open(visitors[one.persona]) for one in few]
    for one in sorted(many, key=lambda each: -each.seconds)[:5]:
        print(f"{one.seconds:.2f} s, {len(one.queries)} queries: {one}")  # noqa: T201  # to look at, with -s
    nested = {sql for one in few for sql in one.queries if nests(sql)}
    assert not nested, "\n".join(sql[sql.find(" WHERE ") :] for sql in nested)
    grown = [told for before, after in zip(few, many, strict=True) if (told := before.grown_to(after))]
    assert not grown, "\n".join(grown)
