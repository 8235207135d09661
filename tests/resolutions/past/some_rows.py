"""Rows of every kind, out of small alphabets, as a workbook may hold them."""

import datetime as dt
from collections.abc import Callable, Hashable
from typing import Any

from hypothesis import strategies as st

from resolutions.kinds import LETTER_KINDS, POINT_KINDS
from resolutions.models import AskOutcome, Channel
from resolutions.models.results import NAMED
from resolutions.past.rows import (
    STEPS_OF_THE_PAST,
    PastAsk,
    PastDecision,
    PastIncoming,
    PastLetter,
    PastOutcome,
    PastPoint,
    PastPromise,
    PastRows,
    PastStep,
)
from russian.text import paragraphs, tidy

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2025, 12, 31)
SIGNS = "абЯё«»\"'=+-@0 7;\n№_x\u00a0’`"

line = st.text(SIGNS, max_size=12).map(tidy)
said = line.filter(bool)
text = st.text(SIGNS, max_size=20).map(lambda typed: "\n".join(paragraphs(typed)))
texts = st.lists(said, max_size=3).map(tuple)
number = st.one_of(
    st.sampled_from(["007", "1/19", "=1+1", "+7", "-1", "@Ё", "1e5", "2019-06-01", "ИСХ-3", "0,5"]),
    said.filter(lambda typed: not typed.startswith("№")),
)
day = st.dates(EARLIEST, LATEST)
later = st.dates(EARLIEST, dt.date(2100, 12, 31))
slug = st.sampled_from(["r-2019-1", "umny-gorod-2024", "2", "primer-2019"])
ordinal = st.integers(1, 9_999)
row = st.just(0)


def _once(rows: st.SearchStrategy[Any], key: Callable[[Any], Hashable] | None = None) -> st.SearchStrategy[Any]:
    return st.lists(rows, max_size=3, unique_by=key).map(tuple)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


past_rows = st.builds(
    PastRows,
    decisions=_once(
        st.builds(
            PastDecision, row, slug, day, st.one_of(st.just(""), number), said, line, line, line, texts, line, said
        ),
        lambda one: one.decision,
    ),
    points=_once(
        st.builds(PastPoint, row, slug, ordinal, st.sampled_from(list(POINT_KINDS)), said, texts),
        lambda one: (one.decision, one.number),
    ),
    letters=_once(
        st.builds(
            PastLetter,
            row,
            number,
            day,
            st.sampled_from(list(LETTER_KINDS)),
            slug,
            _maybe(ordinal),
            line,
            text,
            text,
            _maybe(st.integers(1, 365)),
            _maybe(day),
            _maybe(st.sampled_from(Channel)),
            _maybe(day),
            _maybe(day),
            *[line] * 5,
        ),
        lambda one: (one.number, one.date.year),
    ),
    asks=_once(
        st.builds(PastAsk, row, number, day, ordinal, line, st.booleans()),
        lambda one: (one.letter, one.date.year, one.number),
    ),
    incoming=_once(
        st.builds(PastIncoming, row, number, day, said, st.one_of(st.just(""), number), _maybe(day), text),
        lambda one: (one.number, one.received_on.year),
    ),
    outcomes=_once(
        st.builds(
            PastOutcome, row, number, day, number, day, ordinal, st.sampled_from(AskOutcome), _maybe(later), line
        ),
        lambda one: (one.incoming, one.received_on.year, one.letter, one.date.year, one.number),
    ),
    steps=_once(
        st.builds(
            PastStep,
            row,
            slug,
            ordinal,
            day,
            st.sampled_from(STEPS_OF_THE_PAST),
            text,
            line,
            line,
            _maybe(later),
            _maybe(st.sampled_from(NAMED)),
            text,
            _maybe(later),
            text,
            text,
        )
    ),
    promises=_once(
        st.builds(
            PastPromise,
            row,
            said,
            st.one_of(st.just(""), slug),
            _maybe(ordinal),
            said,
            day,
            later,
            said,
            _maybe(day),
            _maybe(day),
            text,
        )
    ),
)
