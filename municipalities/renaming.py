"""How a municipality gets another name or code: by rows of its ledger, with a look at who else has the code."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality, Renaming
from municipalities.models.naming import BEGINNING, NAMING_RULES, Naming, Span
from revisions.days import EARLIEST
from revisions.history import sign
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date
from russian.text import tidy

CORRECTED = "Исправлена ошибка в названии или коде."
RENAMED = "Название или код изменены с определённого дня"
NOBODYS = "00000000000"  # a code that nobody has: held for a moment by one of those who exchange theirs
OF_OLD = "Укажите день после 1 января 2000 г. Опечатку исправляют на странице «Исправить сведения»."


def holders_of(codes: Iterable[str]) -> list[tuple[Municipality, Span]]:
    """Who has, had or will have some codes, and when. Two queries, whatever the number of codes."""
    wanted = set(codes)
    ever = Q(oktmo__in=wanted) | Q(renamings__new_oktmo__in=wanted)
    found = Municipality.objects.filter(ever).distinct().prefetch_related("renamings").order_by("pk")
    return [(one, span) for one in found for span in one.code_spans() if span.value in wanted]


def code_refusal(wanted: Sequence[Span], *, of: Municipality | None) -> str | None:
    """Why a municipality cannot have codes in some spans, in Russian; None when nobody else has them then.

    Args:
        wanted: the codes, and from when until when.
        of: the municipality; None for a new one.
    """
    for other, held in holders_of(span.value for span in wanted):
        days = [day for span in wanted if (day := span.meets(held))] if other != of else []
        if days:
            ends = f" (до {long_date(held.until)})" if held.until else ""
            return (
                "Муниципальное образование с таким ОКТМО уже есть в портале: "
                f"на {long_date(min(days))} код {held.value} – у другого, {other.name}{ends}."
            )
    return None


def new_renaming(
    municipality: Municipality, happened_on: dt.date, *, name: str, oktmo: str, basis: str, by: User, text: str = ""
) -> Renaming:
    """A row that is not stored yet. Arguments as of `rename`."""
    return Renaming(
        municipality_id=municipality.pk,
        happened_on=happened_on,
        new_name=tidy(name),
        new_oktmo=oktmo,
        basis=tidy(basis),
        text=tidy(text),
        actor=by,
        actor_name=str(by)[:150],
    )


@transaction.atomic
def rename(
    municipality: Municipality,
    happened_on: dt.date,
    *,
    name: str,
    oktmo: str,
    basis: str,
    by: User,
    version: int,
    text: str = "",
) -> Renaming:
    """Write down another name or code from a day on.

    Args:
        municipality: whose.
        happened_on: the day, in Moscow, in the future too.
        name, oktmo: what changes; empty where it stays.
        basis: what it rests on; published.
        by: who says so; the name is kept as it is now.
        version: of the municipality, as the form was opened with.
        text: internal note.

    Raises:
        EditConflict: somebody changed the municipality meanwhile.
        ValidationError: nothing changes, somebody else has the code, or the day lies at the very beginning.
    """
    if happened_on <= EARLIEST:
        raise ValidationError({"happened_on": OF_OLD})
    current = Municipality.locked(municipality.pk, version)
    row = new_renaming(current, happened_on, name=name, oktmo=oktmo, basis=basis, text=text, by=by)
    rows = [row]
    if not current.renamings.in_force().exists():
        was = current.name, current.oktmo
        rows.insert(0, new_renaming(current, EARLIEST, name=was[0], oktmo=was[1], basis=BEGINNING, by=by))
    _write(current, rows, by=by)
    return row


@transaction.atomic
def void_renaming(row: Renaming, *, reason: str, by: User, version: int, replacement: Renaming | None = None) -> None:
    """Say that a row is wrong: it is as if it had never been written.

    Args:
        row: the wrong one.
        reason: why it is wrong.
        by: who says so.
        version: of the municipality, as the page was opened with.
        replacement: the right row (`new_renaming`), written together; on the same day it takes its place.

    Raises:
        EditConflict: somebody changed the municipality meanwhile.
        ValidationError: the row is voided already, a later one would become impossible, or somebody else has the code.
    """
    current = Municipality.locked(row.municipality_id, version)
    wrong = Renaming.objects.select_related("voided_by").get(pk=row.pk)
    if refusal := void_refusal(wrong):
        raise ValidationError(refusal)
    rows = [Renaming.voiding_of(wrong, reason=reason, by=by, municipality_id=current.pk)]
    if replacement:
        replacement.take_place_of(wrong)
        rows.append(replacement)
    _write(current, rows, by=by)


@transaction.atomic
def correct_naming(municipality: Municipality, *, by: User) -> None:
    """Carry a correction of the columns, which is stored already, into the rows that said what was mistyped.

    Args:
        municipality: as it was stored, in the transaction of the caller.
        by: who corrects it.

    Raises:
        ValidationError: somebody else had the code in those days.
    """
    stored = list(municipality.renamings.select_related("voided_by"))
    today, right = timezone.localdate(), Naming(municipality.name, municipality.oktmo)
    moments = list(NAMING_RULES.walk(stored, today))
    if not moments or moments[-1].after == right:
        return
    said, rows = moments[-1].after, []
    by_name = next(one.row for one in reversed(moments) if one.row.new_name) if said.name != right.name else None
    by_code = next(one.row for one in reversed(moments) if one.row.new_oktmo) if said.oktmo != right.oktmo else None
    for wrong in {one.pk: one for one in (by_name, by_code) if one}.values():
        name = right.name if wrong is by_name else wrong.new_name
        code = right.oktmo if wrong is by_code else wrong.new_oktmo
        row = new_renaming(
            municipality, wrong.happened_on, name=name, oktmo=code, basis=wrong.basis, text=wrong.text, by=by
        )
        row.take_place_of(wrong)
        rows += [Renaming.voiding_of(wrong, reason=CORRECTED, by=by, municipality_id=municipality.pk), row]
    _write(municipality, rows, by=by)


def _write(current: Municipality, rows: Sequence[Renaming], *, by: User) -> None:
    """Write rows down, and bring the columns into line; `current` is locked, at its next version."""
    stored, before = list(current.renamings.all()), current.code_spans()
    if refusal := NAMING_RULES.replay(stored, rows):
        raise ValidationError(refusal)
    for row in rows:
        row.save()
    gained = [piece for span in current.code_spans() for piece in span.outside(before)]
    if refusal := code_refusal(gained, of=current):
        raise ValidationError(refusal)
    Municipality.objects.filter(pk=current.pk).update(version=current.version)
    bring_up_to_date(by=by)


@transaction.atomic
def bring_up_to_date(*, by: User | None = None) -> int:
    """Let the columns say what the ledgers say of today. Two queries where they do.

    Args:
        by: who changed a ledger; None when only the day has come.

    Returns:
        How many municipalities were called otherwise.
    """
    today, waiting = timezone.localdate(), []
    renamed = Municipality.objects.filter(renamings__isnull=False).distinct()
    for one in renamed.prefetch_related("renamings").order_by("pk"):
        naming, former = one.naming_on(today), one.former_on(today)
        if (naming.name, naming.oktmo, former) != (one.name, one.oktmo, one.former_names):
            waiting.append((one, naming, former))
    changed = len(waiting)
    while waiting:
        held = {one.oktmo: one.pk for one, _, _ in waiting}
        ready = [entry for entry in waiting if held.get(entry[1].oktmo, entry[0].pk) == entry[0].pk]
        if not ready:  # each waits for the code of another: one lets go of its own first
            first = waiting[0][0]
            first.oktmo = NOBODYS
            Municipality.objects.filter(pk=first.pk).update(oktmo=NOBODYS)
        for one, naming, former in ready:  # who waits gets the code once the other has left it
            one.name, one.oktmo, one.former_names = naming.name, naming.oktmo, former
            one.version += by is None
            sign(one, by=by, reason=RENAMED)
            one.save(update_fields=["name", "oktmo", "former_names", "version"])
        waiting = [entry for entry in waiting if entry not in ready]
    return changed
