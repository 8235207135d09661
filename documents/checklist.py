"""What is missing or odd in a paper that is about to be issued. Each kind of document composes its own list."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from documents import fonts, measures
from documents.fonts import PaperError, width_mm
from documents.signatories import is_somebody_else
from russian.shortening import shortened
from russian.templatetags.russian import counted, quoted

_NAMED = 3  # characters in one sentence
_STANDING_IN = re.compile(r"\bи\.\s?о\.|исполняющ|врио", re.IGNORECASE)


class Severity(Enum):
    """Whether a finding stands in the way."""

    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True)
class Finding:
    """One thing to look at before issuing.

    Attributes:
        severity: whether it stands in the way.
        sentence: what is missing or odd, in Russian, for whoever is about to sign.
    """

    severity: Severity
    sentence: str

    @property
    def blocks(self) -> bool:
        """Whether the document cannot be issued like this."""
        return self.severity is Severity.BLOCKS


class IssueRefused(Exception):
    """The document cannot be issued as it is.

    Attributes:
        findings: everything that blocks.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.sentence for finding in findings))


def blocking_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as people should read them: what blocks before what is only odd."""
    return tuple(sorted(findings, key=lambda finding: not finding.blocks))


def refuse_blocked(findings: Iterable[Finding]) -> None:
    """Let a document be issued, or not.

    Args:
        findings: of its checklist.

    Raises:
        IssueRefused: something blocks.
    """
    blocking = tuple(finding for finding in findings if finding.blocks)
    if blocking:
        raise IssueRefused(blocking)


def blocked(sentence: str) -> Finding:
    """A finding that stands in the way."""
    return Finding(Severity.BLOCKS, sentence)


def warned(sentence: str) -> Finding:
    """A finding to look at."""
    return Finding(Severity.WARNS, sentence)


def unprintable(places: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """Characters that no font of the paper has: they block.

    Args:
        places: what each place is called, in Russian, and what is going to stand there.

    Yields:
        One finding for each place that has such characters; it names them.

    Raises:
        FontMissing: there is no font to print with.
    """
    for label, text in places:
        if told := not_printable(text):
            yield blocked(f"{label}: {told[:1].lower()}{told[1:]}")


def unprintable_refusal(places: Iterable[tuple[str, str]]) -> str | None:
    """Why something cannot be issued on paper: the characters that cannot be printed; None when all can.

    Args:
        places: as for `unprintable`. Without a font to ask nothing stands against it: whoever prints is told so.
    """
    try:
        return " ".join(finding.sentence for finding in unprintable(places)) or None
    except PaperError:
        return None


def not_printable(text: str) -> str:
    """Which characters of a text the paper cannot print, and where they stand.

    Args:
        text: one paragraph, or several on lines of their own.

    Returns:
        A sentence in Russian that names the first few and counts the rest; empty when all can be printed.

    Raises:
        FontMissing: there is no font to print with.
    """
    found = fonts.unprintable(text)
    if not found:
        return ""
    named = [f"«{sign}» (U+{ord(sign):04X}), {_where(text, place)}" for place, sign in found[:_NAMED]]
    if len(found) == 1:
        return f"Символ {named[0]}, на бумаге не напечатать: замените его."
    rest = len(found) - len(named)
    more = f" и ещё {counted(rest, 'символ,символа,символов')}" if rest else ""
    return f"Символы {'; '.join(named)}{',' if not more else ''}{more} на бумаге не напечатать: замените их."


def _where(text: str, place: int) -> str:
    """«14-й знак», with its line in a text of several: people count from one."""
    before = text[:place].splitlines(keepends=True)
    if len(text.splitlines()) < 2:
        return f"{place + 1}-й знак"
    is_begun = bool(before) and not before[-1].endswith(("\n", "\r"))
    line = len(before) if is_begun else len(before) + 1
    column = len(before[-1]) if is_begun else 0
    return f"{line}-я строка, {column + 1}-й знак"


def signatory(position: str, name: str, *, signer: str = "", stands_in: str = "") -> Iterator[Finding]:
    """Who signs: named at all, with a position, in a name that fits its place.

    Args:
        position: as the paper prints it.
        name: the same; set in one line at the right margin.
        signer: who is about to sign in the portal; compared when given.
        stands_in: as whom the signer stands in for somebody: «и.о. председателя по …»; empty where nobody is.

    Yields:
        What is missing or odd.
    """
    if not name:
        yield blocked("Подписант не указан.")
    if not position:
        yield blocked("Не указана должность того, кто подписывает.")
    paper = measures.PAPER
    width = width_mm(name, paper.text_size)
    if width > paper.text_width:
        yield blocked("Имя подписанта не помещается в строку.")
    elif width > paper.name_width:
        yield warned("Имя подписанта длинное: для должности рядом с ним остаётся мало места.")
    if signer and is_somebody_else(signer, name):
        whose = f"{signer}, {stands_in}" if stands_in else signer
        yield warned(f"В документе подписывает {name}, а в портале – {whose.removesuffix('.')}.")
    elif stands_in and position and not _STANDING_IN.search(position):
        yield warned(f"В документе должность {quoted(position)}, а подписывает {stands_in}")


def long_words(texts: Iterable[str], *, line: float | None = None) -> Iterator[Finding]:
    """Words wider than their line: the paper would break them anywhere.

    Args:
        texts: paragraphs.
        line: width of the place, in millimetres; without one, of the first line of a paragraph.

    Yields:
        One warning for each such word.
    """
    paper = measures.PAPER
    for word in dict.fromkeys(word for text in texts for word in text.split()):
        if width_mm(word, paper.text_size) > (line or paper.first_line_width):
            yield warned(f"Слово не помещается в строку и будет разорвано: «{_shortened(word)}».")


def quotation_marks(texts: Iterable[str]) -> Iterator[Finding]:
    """Paragraphs in which an opening or a closing quotation mark lacks its pair.

    Args:
        texts: paragraphs.

    Yields:
        One warning for each such paragraph.
    """
    for text in texts:
        depth = 0
        for one in text:
            depth += {"«": 1, "»": -1}.get(one, 0)
            if depth < 0:
                break
        if depth:
            yield warned(f"Кавычки не парные: «{_shortened(text)}».")


def one_line(text: str, what: str, *, line: float | None = None, size: float | None = None) -> Iterator[Finding]:
    """A text that should stand in one line.

    Args:
        text: as printed.
        what: how the place is called, in Russian, in the nominative.
        line: width of the place, in millimetres; between the margins without one.
        size: of the font, in points; of the text without one.

    Yields:
        A warning when it will not.
    """
    paper = measures.PAPER
    if width_mm(text, size or paper.text_size) > (line or paper.text_width):
        yield warned(f"{what} не помещается в одну строку.")


def _shortened(text: str) -> str:
    return shortened(text, 61)
