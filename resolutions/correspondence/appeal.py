"""The first draft of an appeal, made of the decision it carries out. People edit it from there."""

import re

from django.db import transaction

from resolutions.kinds import LETTER_KINDS
from resolutions.models import Correspondent, DecisionPoint, Letter
from resolutions.text import ResolutionText
from russian.templatetags.russian import long_date, quoted
from russian.text import tidy

_POINT = re.compile(r"^Обратиться (?:в|к) (?P<addressee>.+?) с (?:предложением|просьбой) (?P<request>.+)$")


@transaction.atomic
def draft_appeal(point: DecisionPoint) -> Letter:
    """Store the draft of an appeal that argues from the decision.

    Args:
        point: the point that orders the appeal: its kind says of which kind the letter is.

    Returns:
        The draft; addressee and request are read from the point's wording when it has the usual form «Обратиться в …
        с предложением …», and left for a human otherwise. Where the point has appealed already, nothing new is asked:
        whoever drafts chooses which asks the letter carries to whom.
    """
    text, kind = point.resolution.text, LETTER_KINDS[point.of_kind.letters]
    wording = _POINT.match(point.text)
    is_first = not point.letters.filter(asks__isnull=False).exists()
    to = wording["addressee"] if wording and is_first else ""
    return Letter.objects.create(
        kind=kind.code,
        resolution=point.resolution,
        point=point,
        correspondent=Correspondent.objects.named(to) if to else None,
        addressee=to,
        new_asks=_ask(point, wording) if is_first else "",
        heading=_heading(wording),
        salutation="Уважаемые господа!",
        body="\n".join(map(tidy, _paragraphs(text, point, wording))),
        signatory_position=text.signatory_position,
        signatory_name=text.signatory_name,
        reply_days=kind.reply_days,
    )


def _heading(wording: re.Match[str] | None) -> str:
    """«рассмотреть вопрос о поднятии статуса …» → «О поднятии статуса …»."""
    subject = re.search(r"\bвопрос (об? .+?)\.?$", wording["request"]) if wording else None
    return _capitalised(subject[1]) if subject else ""


def _paragraphs(text: ResolutionText, point: DecisionPoint, wording: re.Match[str] | None) -> list[str]:
    assembly = re.sub(r"\s+отмечает:$", "", text.noting) or text.body_name
    place = f" ({text.place})" if text.place else ""
    decided = f"{assembly} {text.day_and_number}{place} приняло решение {quoted(text.title)}."
    request = [f"Просим {wording['request']}"] if wording else []
    return [
        decided,
        "Принимая решение, Собрание исходило из следующего.",
        *(one.text for one in text.preamble),
        f"Пунктом {point.number} решения определено: {point.text[:1].lower()}{point.text[1:]}",
        *point.whole_text.splitlines()[1:],
        *request,
        "О результатах рассмотрения просим сообщить в адрес Союза.",
        f"Приложение: решение от {long_date(text.adopted_on)}",
    ]


def _ask(point: DecisionPoint, wording: re.Match[str] | None) -> str:
    """What the point has asked for: «рассмотреть вопрос о …»."""
    asked = wording["request"] if wording else point.text
    return " ".join(asked.split()).rstrip(".")


def _capitalised(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
