"""The typographer: which words of a Russian text stay on one line, on the page, on the paper and in Word.

Only spaces change, into no-break ones, so that a text that somebody adopted keeps every word and sign.

What is bound is what «Справочник издателя и автора» by Мильчин and the technical rules of setting (ОСТ 29.124-94) ask
not to part: initials and surname; an abbreviation and what it belongs to; «№» and its number; a number and its unit; a
dash and the word before it. Prepositions, conjunctions and negations of one or two letters are read as one word with
the next, and so are the unstressed prepositions and «или» of three. Not so «что», «как», «так»: they carry a stress,
and with them bound narrow columns have no place left to break.
"""

import re

NBSP = "\u00a0"

_SHORT = "а|в|и|к|о|с|у|во|да|до|за|из|ко|на|не|ни|но|об|от|по|со|без|для|или|изо|над|обо|ото|под|при|про|из-за|из-под"
# Always before what they belong to: «ст. 5», «ул. Ленина».
_BEFORE = (
    "ст|п|пп|подп|гл|абз|разд|табл|рис|прил|прим|см|ср|стр|вып|ул|пер|просп|наб|пл|бул|пос|дер|корп|кв|оф|им|акад|проф"
)
# The same, unless they follow a number: «г. Архангельск», but «2024 г.».
_EITHER = "[гчтсдло]"
_MONTH = "(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[яь]|марта?|ма[яй]|августа?"
_LARGE = r"тыс\.|млн|млрд|трлн"
_UNIT = (
    rf"{_LARGE}|{_MONTH}|гг?\.|вв?\.|год[а-я]*|лет|месяц[а-я]*|дн[а-я]+|день|сут[а-я]*|час[а-я]*|минут[а-я]*|мин|"
    rf"ч(?!\.[ {NBSP}]\d)|раза?|"
    r"руб[а-я]*|коп[а-я]*|₽|€|\$|долл[а-я]*|евро|%|‰|процент[а-я]*|балл[а-я]*|чел(?:овек[а-я]*)?|экз|шт|л\.|кв|куб|"
    r"мм|см|м²?|км²?|га|мг|г|кг|т|ц|°[СC]?|[кМГ]?Вт|[КМГТ]б(?:ит|айт)?|[КМГТ]Б"
)
_PLACES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"(?<![\w-])({_SHORT}) (?=\S)", re.IGNORECASE),
        (rf"(?<![\w.-])(?<!\bт\.[ {NBSP}])((?:{_BEFORE})\.) (?=\S)", re.IGNORECASE),
        (rf"(?<![\w.-])({_EITHER}\.) (?=\d)", 0),
        (rf"(?<![\w.-])(?<!\d[ {NBSP}])(?<!\bт\.[ {NBSP}])({_EITHER}\.) (?=\w)", 0),
        (r"()(?<=\w) (?=[А-ЯЁA-Z]\.)", 0),  # Долгих Д.С.
        (r"()(?<=\b[А-ЯЁA-Z]\.) (?=[А-ЯЁA-Z])", 0),  # Н. В. Корягина
        (r"()(?<=[№§]) (?=\S)", 0),
        (r"()(?<=\bN) (?=\d)", 0),
        (r"()(?<=\d) (?=\d{3}(?!\d))", 0),  # 348 716
        (rf"()(?<=\d) (?=(?:{_UNIT})(?!\w))", 0),
        (rf"((?<!\w)(?:{_LARGE})) (?=(?:{_UNIT})(?!\w))", 0),  # 5 млн руб.
        (rf"((?<!\w)(?:{_MONTH})) (?=\d{{4}}(?!\d))", 0),
        (r"()(?<=\S) (?=[–—-](?:\s|$))", 0),
    )
)


def typeset(text: str) -> str:
    """Keep together what a typesetter keeps together.

    Args:
        text: a paragraph, or several lines.

    Returns:
        The same text, with no-break spaces in those places. Doing it twice changes nothing more.
    """
    for place in _PLACES:
        text = place.sub(rf"\1{NBSP}", text)
    return text
