"""What to look at before a decision is issued."""

from collections.abc import Iterator

from django.utils import timezone

from documents import checklist, measures
from documents.checklist import Finding, blocked, warned
from resolutions.text import ResolutionText
from russian.templatetags.russian import long_date

NO_POINTS = "В решении нет ни одного пункта."


def decision_findings(text: ResolutionText, *, signer: str = "", stands_in: str = "") -> tuple[Finding, ...]:
    """The checklist of a decision.

    Args:
        text: what would be printed.
        signer: who is about to sign in the portal; compared with the signatory when given.
        stands_in: as whom the signer stands in for somebody, if so.

    Returns:
        What blocks first, then what is only odd; empty when everything is in order.
    """
    found = [*_requisites(text), *_contents(text), *_places(text)]
    position, name = text.signatory_position, text.signatory_name
    found += checklist.signatory(position, name, signer=signer, stands_in=stands_in)
    found += checklist.unprintable(text.places)
    return checklist.blocking_first(found)


def adoption_refusal(text: ResolutionText) -> str | None:
    """Why the Assembly's adoption cannot be recorded yet: what would stop the paper of a text that is fixed then.

    Args:
        text: of the draft.

    Returns:
        Everything that blocks, in sentences; None when nothing does.

    Raises:
        FontMissing: there is no font to measure and print with.
    """
    return " ".join(finding.sentence for finding in decision_findings(text) if finding.blocks) or None


def _requisites(text: ResolutionText) -> Iterator[Finding]:
    if text.adopted_on is None:
        yield blocked("Нет даты решения.")
    elif text.adopted_on > timezone.localdate():
        yield blocked(f"Дата решения ещё не наступила: {long_date(text.adopted_on)}")
    if not text.title:
        yield blocked("Нет заголовка.")
    if not text.place:
        yield warned("Не указано место принятия решения.")


def _contents(text: ResolutionText) -> Iterator[Finding]:
    if not text.points:
        yield blocked(NO_POINTS)
    if not text.hearing:
        yield warned("Нет вводной фразы («Заслушав и обсудив…»).")
    if not text.preamble:
        yield warned("Констатирующая часть пуста.")
    elif not text.noting:
        yield warned("Констатирующую часть ничего не вводит: нет формулы «отмечает».")
    wordings = [line.casefold() for _, line in text.point_lines]
    for place, (number, line) in enumerate(text.point_lines):
        if line.casefold() in wordings[:place]:
            yield warned(f"Пункт {number} дословно повторяет другой.")


def _places(text: ResolutionText) -> Iterator[Finding]:
    """What would not fit its place on the sheet."""
    yield from checklist.one_line(f"{text.day_and_number}  {text.place}", "Дата и место")
    yield from checklist.one_line(text.body_name, "Название органа", size=measures.PAPER.body_size)
    yield from checklist.long_words([text.title], line=measures.PAPER.heading_width)
    yield from checklist.long_words(text.paragraphs)
    yield from checklist.quotation_marks([text.title, *text.paragraphs])
