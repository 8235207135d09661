"""A decision of seven points, and the clipboards of Word and LibreOffice that hold it."""

import html
import re
from pathlib import Path

from resolutions.pasting.split import Pasted

FOLDER = Path(__file__).parent
PREAMBLE = (
    "Информационный обмен показал, что степень участия городов разная.",
    "В 2024 году опыт городов обсуждён 1 июля 2024 г. на совещании.",
)
POINTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "recommendation",
        "Рекомендовать муниципальным образованиям:",
        ("продолжить участие в проекте «Умный город»;", "использовать опыт города Костромы."),
    ),
    (
        "appeal",
        "Обратиться в Министерство с предложением рассмотреть вопросы:",
        ("о поддержке малых городов;", "о сроках программы до 2030 года;", "об обмене опытом."),
    ),
    ("assignment", "Поручить секретариату подготовить обзор практик до 1 июля 2025 г.", ()),
    ("recommendation", "Предложить городам назначить ответственных.", ()),
    ("gratitude", "Выразить благодарность за доклады:", ("координатору Долгих Д.С.;", "советнику Голубеву А.В.")),
    ("assignment", "Опубликовать решение на портале Союза.", ()),
    ("assignment", "Контроль за исполнением возложить на Председателя Союза.", ()),
)


def clipboard(name: str) -> str:
    """What a program puts into the clipboard, by the name of its file."""
    return (FOLDER / name).read_bytes().decode()


def unnumbered(document: str) -> str:
    """The text of an HTML document as a browser pastes it where it knows nothing of lists."""
    body = re.sub(r"(?s)<head>.*</head>|<span style='mso-list:Ignore'>.*?</span></span>", "", document)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|li)>|<br/?>", "\n\n", re.sub(r"\s+", " ", body))))


def told(pasted: Pasted) -> list[tuple[str, str, tuple[str, ...]]]:
    """The points as they came out: kind, text, sub-points."""
    points: list[tuple[str, str, tuple[str, ...]]] = []
    for row in pasted.rows:
        if row.is_subpoint:
            kind, text, below = points[-1]
            points[-1] = (kind, text, (*below, row.text))
        else:
            points.append((row.kind, row.text, ()))
    return points
