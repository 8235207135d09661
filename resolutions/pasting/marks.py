"""The numberings of lists that people paste: what each looks like, and which number follows which.

Pure functions. A mark is only a candidate: `levels` takes it for numbering where it begins or goes on, so that a year,
a date or a lone «5.» in the midst of a text stays text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

Path = tuple[int, ...]

ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SELDOM = frozenset("ёзйочъыь")  # letters that lists leave out: ё й ъ ы ь always, з о ч by ГОСТ Р 2.105
LATIN = "abcdefghijklmnopqrstuvwxyz"
LOOK_ALIKE = dict(zip("aceopxy", "асеорху", strict=True))  # Latin ones that are typed for Russian ones
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

BULLETS = "•·∙●○◦▪▫■□‣⁃►➢✓❖☑→"
DASHES = "-–—−‑"
BY_TABS = "o§Øüqv*"  # letters of Word's fonts of symbols: bullets where a tab follows


@dataclass(frozen=True)
class Reading:
    """One way to read a mark: «a)» is the first one in Latin and in Russian.

    Attributes:
        style: the kind of numbering; marks of one list have the same.
        path: the number, (2, 1) for «2.1»; of a bullet it is empty.
    """

    style: str
    path: Path = ()

    @property
    def begins(self) -> bool:
        """Whether a list may begin so."""
        return not self.path or self.path[-1] == 1

    @property
    def next_ones(self) -> "tuple[Reading, ...]":
        """What may be the next one of the same list: after 2.1 also 3.1, where the third has no line of its own."""
        if not self.path:
            return (self,)
        *above, last = self.path
        paths: list[Path] = [(*above, last + 1)]
        if self.style.startswith("russian"):
            seldom = len(tuple(takewhile(SELDOM.__contains__, ALPHABET[last:])))
            paths += [(last + 1 + skipped,) for skipped in range(1, seldom + 1)]
        elif above:
            paths.append((*above[:-1], above[-1] + 1, 1))
        return tuple(Reading(self.style, path) for path in paths)

    def follows(self, other: "Reading") -> bool:
        """Whether it is the next one of the same list."""
        return self.style == other.style and self in other.next_ones


@dataclass(frozen=True)
class Mark:
    """What stands before the text of a line.

    Attributes:
        typed: the mark as it was pasted, «2.1.».
        readings: what it may be.
        rest: the line without it.
        is_sure: whether it may begin a list that has no other line.
    """

    typed: str
    readings: tuple[Reading, ...]
    rest: str
    is_sure: bool = True


def _number(found: re.Match[str]) -> tuple[Reading, ...]:
    before, digits, after = found.groups()
    return (Reading(f"{before}1{after}", (int(digits),)),)


def _path(found: re.Match[str]) -> tuple[Reading, ...]:
    path = tuple(map(int, found[1].split(".")))
    return (Reading(f"path of {len(path)}", path),)


def _letter(found: re.Match[str]) -> tuple[Reading, ...]:
    letter, after = found[1], found[2]
    low, case = letter.lower(), "upper" if letter.isupper() else "lower"
    readings = []
    russian = LOOK_ALIKE.get(low, low)
    if low in LATIN:
        readings.append(Reading(f"latin {case}{after}", (LATIN.index(low) + 1,)))
    if russian in ALPHABET:
        readings.append(Reading(f"russian {case}{after}", (ALPHABET.index(russian) + 1,)))
    return (*readings, *_roman(found))


def _roman(found: re.Match[str]) -> tuple[Reading, ...]:
    letters, after = found[1], found[2]
    values = [ROMAN.get(one, 0) for one in letters.lower()]
    total = sum(-one if one < (values[n + 1 :] or [0])[0] else one for n, one in enumerate(values))
    is_roman = all(values) and letters.lower() == _in_roman(total)
    return (Reading(f"roman {'upper' if letters.isupper() else 'lower'}{after}", (total,)),) if is_roman else ()


def _in_roman(number: int) -> str:
    tens = "".join(("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")[number // 10 % 10])
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]


def _bullet(found: re.Match[str]) -> tuple[Reading, ...]:
    return (Reading("dash" if found[1] in DASHES else found[1]),)


_OF_FONTS = re.compile("[\uf000-\uf0ff]")
_END = r"(?=\s|$)"
_GOES_ON = r"(?=\s|$|[^\W\d_]|[«„\"(])"  # «1.Рекомендовать» too
_TAB = r"(?=\s*\t|\s{2,}|\u00a0)"
_GLUED = r"(?=[^\W\d_]|[«„\"(])"  # «-раз», but not «–5 °C»

# «1.1 млн рублей», «1.2 %» and «1.12.24 г.» are text, also where a tab stands before «млн».
_NO_AMOUNT = (
    r"(?!\s*(?:[%‰₽€$°×]|(?:трлн|млрд|млн|миллиард\w*|миллион\w*|тыс|тысяч\w*|руб|рубл\w+|коп|проц|процент\w*|га|кв|куб"
    r"|км|м|см|мм|кг|тонн\w*|час\w*|мин|раза?|балл\w*|чел|человек|шт)(?![^\W_])))"
)
_NO_DATE = r"(?![0-3]?\d\.[01]?\d\.[2-9]\d(?!\d))"

# What a mark looks like; how it is read; whether it is sure. The first that fits holds.
_Reader = Callable[[re.Match[str]], tuple[Reading, ...]]
_TABLE: tuple[tuple[re.Pattern[str], _Reader, bool], ...] = (
    (re.compile(rf"{_NO_DATE}([1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}}){{1,5}})[.)]{_GOES_ON}"), _path, True),
    (re.compile(rf"{_NO_DATE}([1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}}){{1,5}}){_TAB}{_NO_AMOUNT}"), _path, True),
    (re.compile(rf"{_NO_DATE}([1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}}){{2,5}}){_END}"), _path, True),
    (re.compile(rf"([1-9]\d{{0,2}}\.[1-9]\d{{0,2}}){_END}{_NO_AMOUNT}"), _path, False),
    (re.compile(rf"()([1-9]\d{{0,2}})([.)]){_GOES_ON}"), _number, True),
    (re.compile(rf"(\()([1-9]\d{{0,2}})(\)){_GOES_ON}"), _number, True),
    (re.compile(rf"()([1-9]\d{{0,2}})(?=\s*\t){_NO_AMOUNT}()"), _number, True),
    (re.compile(rf"([A-Za-zА-Яа-яЁё])(\)){_GOES_ON}"), _letter, True),
    (re.compile(rf"([a-zа-яё])(\.){_TAB}"), _letter, True),
    (re.compile(rf"([a-zа-яё])(\.){_END}"), _letter, False),
    (re.compile(rf"([IVXL]{{1,7}}|[ivxl]{{2,7}})([.)]){_END}"), _roman, True),
    (re.compile(rf"([{BULLETS}\uf000-\uf0ff])"), _bullet, True),
    (re.compile(rf"([{DASHES}]){_END}"), _bullet, True),
    (re.compile(rf"([{DASHES}]){_GLUED}"), _bullet, False),
    (re.compile(rf"([{BY_TABS}]){_TAB}"), _bullet, True),
)


def mark_of(line: str) -> Mark | None:
    """What could be the numbering of a line.

    Args:
        line: one line of a pasted text, with its tabs.

    Returns:
        The mark and the rest of the line; None where there is none, as before «2024 год» and «1 июля».
    """
    line = line.strip().lstrip("\u200b\u2060\ufeff")
    for pattern, read, is_sure in _TABLE:
        found = pattern.match(line)
        readings = read(found) if found else ()
        if found and readings:
            return Mark(_OF_FONTS.sub("•", found[0].strip()), readings, line[found.end() :].strip(), is_sure)
    return None
