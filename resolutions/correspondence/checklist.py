"""What to look at before a letter is issued."""

import re
from collections.abc import Iterator

from documents import checklist, measures
from documents.checklist import Finding, blocked, warned
from resolutions.correspondence.text import ANNEX_MARK, LetterText
from resolutions.models import Letter
from russian.templatetags.russian import long_date

_SHEETS_AND_COPIES = re.compile(r"\d+\s*л\b.*\d+\s*экз", re.IGNORECASE)
_STAND_INS = re.compile(r"\b(И\.\s?О\. Фамили|Имя Отчество|Фамилия И\.\s?О\.)|[{}]|_{3}")


def letter_findings(text: LetterText, *, signer: str = "", stands_in: str = "") -> tuple[Finding, ...]:
    """The checklist of a letter.

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
    found += checklist.unprintable(_everything(text))
    return checklist.blocking_first(found)


def _requisites(text: LetterText) -> Iterator[Finding]:
    if not text.number:
        yield blocked("Нет исходящего номера.")
    if text.date is None:
        yield blocked("Нет даты письма.")
    if not text.addressee.strip():
        yield blocked("Адресат не указан.")
    if not text.heading:
        yield warned("Нет заголовка к тексту.")
    if not text.salutation:
        yield warned("Нет обращения к адресату.")
    if not text.executor:
        yield warned("Не указан исполнитель.")


def _contents(text: LetterText) -> Iterator[Finding]:
    if not text.paragraphs:
        yield blocked("В письме нет текста.")
    for line in dict.fromkeys([*text.addressee.splitlines(), text.salutation, *text.paragraphs]):
        if _STAND_INS.search(line):
            yield warned(f"Похоже на незаполненную заготовку: «{line[:60]}».")
    for annex in text.annexes:
        if not _SHEETS_AND_COPIES.search(annex):
            yield warned(f"В отметке о приложении нет числа листов и экземпляров: «{annex[:60]}».")


def _places(text: LetterText) -> Iterator[Finding]:
    """What would not fit its place on the sheet."""
    block = measures.PAPER.block_width
    if text.number and text.date:
        yield from checklist.one_line(f"№ {text.number} от {long_date(text.date)}", "Номер с датой", line=block)
    yield from checklist.long_words([*text.addressee.splitlines(), text.heading], line=block)
    yield from checklist.long_words([*text.paragraphs, *text.annexes])
    yield from checklist.quotation_marks([text.heading, *text.paragraphs])


def _everything(text: LetterText) -> Iterator[tuple[str, str]]:
    """Every text of the paper with what its place is called."""
    yield "Название Союза", text.union_name
    yield "Исходящий номер", text.number
    annexes = [f"{ANNEX_MARK} {text.annexes[0]}", *text.annexes[1:]] if text.annexes else []
    said = vars(text) | {"body": "\n".join([*text.paragraphs, *annexes])}
    yield from Letter.places(said.__getitem__)
