"""Which municipality a row of a workbook is about: by any code that it ever had, or, without a code, by its name.

Names are compared as the search compares them: whatever their case, and «ё» as «е».
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from municipalities.columns import IDENTITY
from municipalities.models import Municipality
from municipalities.models.naming import Span
from municipalities.values import NO_OKTMO
from russian.templatetags.russian import long_date, quoted
from russian.text import search_form

NAME = "name"


@dataclass(frozen=True)
class Found:
    """What a row is about.

    Attributes:
        oktmo: today's code of the municipality, if there is one; empty where nobody knows it.
        note: how it was found, if not by today's code.
        error: why nobody knows it.
    """

    oktmo: str = ""
    note: str = ""
    error: str = ""


@dataclass(frozen=True)
class _Known:
    """A municipality with the spans that a row may name it by, until today."""

    name: str
    oktmo: str
    codes: Sequence[Span]
    names: Sequence[Span]

    def spans(self, key: str) -> Sequence[Span]:
        return self.codes if key == IDENTITY else self.names


class Finder:
    """Looks municipalities up, some rows at a time."""

    @cached_property
    def _changed(self) -> list[_Known]:
        """Those whose names or codes changed, a few of all: two queries, one while there are none."""
        today, found = timezone.localdate(), []
        for one in Municipality.objects.filter(renamings__isnull=False).distinct().prefetch_related("renamings"):
            codes, names = (
                [span for span in spans if span.since <= today] for spans in (one.code_spans(), one.name_spans())
            )
            found.append(_Known(one.name, one.oktmo, codes, names))
        return found

    def ever_called(self, oktmo: str) -> frozenset[str] | None:
        """The names that a municipality has or had; None where neither name nor code ever changed.

        Args:
            oktmo: its code of today.
        """
        found = (one for one in self._changed if one.oktmo == oktmo)
        return next((frozenset(span.value for span in one.names) for one in found), None)

    def find(self, rows: Sequence[Mapping[str, Any]]) -> list[Found]:
        """What each row is about; a code that nobody ever had is answered as it is.

        No query where all codes are those of today, and one where others, or names, are asked about.

        Args:
            rows: their values; the code is empty where the cell was, and not there where it made no sense.
        """
        by_code, by_name = _index(self._changed, IDENTITY), _index(self._changed, NAME)
        codes = {row[IDENTITY] for row in rows if row.get(IDENTITY) in by_code}
        names = {search_form(row[NAME]) for row in rows if row.get(IDENTITY) == "" and row.get(NAME)}
        for one in self._unchanged(codes, names) if codes or names else ():
            by_code.setdefault(one.oktmo, []).append(one)
            by_name.setdefault(search_form(one.name), []).append(one)
        return [_found(row, by_code, by_name) for row in rows]

    def _unchanged(self, codes: Collection[str], names: Collection[str]) -> Iterator[_Known]:
        """Whoever has one of some codes or names, and always had it. One query, the first time for names."""
        today, changed = timezone.localdate(), {one.oktmo for one in self._changed}
        rows = self._everybody if names else Municipality.objects.filter(oktmo__in=codes).values_list("name", "oktmo")
        for name, oktmo in rows:
            if oktmo not in changed and (oktmo in codes or search_form(name) in names):
                yield _Known(name, oktmo, [Span(oktmo, today, None)], [Span(name, today, None)])

    @cached_property
    def _everybody(self) -> list[tuple[str, str]]:
        """All names and codes: no database finds a name whatever its case and its «ё»."""
        return list(Municipality.objects.values_list("name", "oktmo"))


def _index(known: Iterable[_Known], key: str) -> dict[str, list[_Known]]:
    found: dict[str, list[_Known]] = {}
    for one in known:
        for value in dict.fromkeys(search_form(span.value) for span in one.spans(key)):  # of digits it is the same
            found.setdefault(value, []).append(one)
    return found


def _found(row: Mapping[str, Any], by_code: Mapping[str, list[_Known]], by_name: Mapping[str, list[_Known]]) -> Found:
    if IDENTITY not in row:
        return Found()  # what stands there was refused already
    code, name = row[IDENTITY], row.get(NAME) or ""
    candidates = by_code.get(code, []) if code else by_name.get(search_form(name), [])
    if len(candidates) > 1:
        return Found(error=_ambiguous(code, name, candidates))
    if not candidates:
        return Found(code, error="" if code else NO_OKTMO)
    [one] = candidates
    if not code:
        now = f"{one.name}, ОКТМО {one.oktmo}"
        return Found(one.oktmo, f"код ОКТМО не указан, найдено по названию {quoted(name)}: ныне {now}.")
    note = "" if code == one.oktmo else f"ОКТМО {code} – прежний код, ныне {one.oktmo} ({one.name})."
    return Found(one.oktmo, note)


def _ambiguous(code: str, name: str, candidates: Sequence[_Known]) -> str:
    """Both of whom a row might be, and when each was so called."""
    if code:
        whose = " и ".join(f"{one.name} ({_when(one.codes, code)})" for one in candidates)
        return (
            f"ОКТМО {code} в разное время был у разных муниципальных образований: {whose}. "
            "Внесите сведения на странице муниципального образования."
        )
    whose = " и ".join(f"{one.name}, ОКТМО {one.oktmo}" for one in candidates)
    return f"{NO_OKTMO} Название {quoted(name)} есть или было у разных: {whose}."


def _when(spans: Iterable[Span], value: str) -> str:
    """Until when a code was somebody's, or that it still is."""
    last = max((span for span in spans if span.value == value), key=lambda span: span.since)
    return f"до {long_date(last.until)}" if last.until else "ныне"
