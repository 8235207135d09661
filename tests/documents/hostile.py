"""Papers whose every text holds signs that the fonts of the paper have seldom, or not at all."""

from dataclasses import fields, is_dataclass, replace
from types import SimpleNamespace
from typing import Any

from documents.engine import Paper
from documents.stamps import Stamp
from documents.verification import Verification
from tests.documents.conftest import VERIFICATION, decision_paper, letter_paper
from tests.documents.kinds import STAMP, handing_over, protocol_paper, summary_paper
from tests.documents.texts import DECISION, LETTER, Paragraph, Point

LOST = "漢🦊"
SIGNS = "5 млн ₽ ✔ → Ⅳ и́ x̂ سلام"
HOSTILE = f"{SIGNS} {LOST}\u200b\ufe0f\u00ad\u202e"
# Where these stand, a code decides or an address is made.
KEPT = {"url", "key", "portal", "kind", "code", "sha256", "template"}


def hostile(thing: Any) -> Any:
    """The same with `HOSTILE` at the end of each text within."""
    if isinstance(thing, str):
        return f"{thing} {HOSTILE}" if thing else ""
    if isinstance(thing, list | tuple):
        return type(thing)(hostile(one) for one in thing)
    if isinstance(thing, dict):
        return {name: value if name in KEPT else hostile(value) for name, value in thing.items()}
    if isinstance(thing, SimpleNamespace):
        return SimpleNamespace(**hostile(vars(thing)))
    if is_dataclass(thing) and not isinstance(thing, type | Verification):
        told = {one.name: getattr(thing, one.name) for one in fields(thing) if one.init}
        return replace(thing, **hostile(told))
    return thing


def hostile_paper(paper: Paper) -> Paper:
    """A paper of hostile texts; what is attached to it stays."""
    return replace(paper, context=hostile(dict(paper.context)))


BRIEF = replace(DECISION, preamble=(Paragraph("Одно."),), points=(Point(1, "appeal", "Обратиться."),))
STAMPS: tuple[Stamp, ...] = (STAMP,)
HOSTILE_PAPERS: dict[str, Paper] = {
    "draft": hostile_paper(decision_paper(text=BRIEF, is_draft=True)),
    "copy": hostile_paper(decision_paper(text=BRIEF, verification=VERIFICATION, stamps=STAMPS)),
    "letter": hostile_paper(letter_paper(letter=replace(LETTER, paragraphs=("Просим.",)), verification=VERIFICATION)),
    "summary": hostile_paper(summary_paper(cities=2)),
    "protocol": hostile_paper(protocol_paper()),
    "handing over": hostile_paper(handing_over(rows=2)),
}
