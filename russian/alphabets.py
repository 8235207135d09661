"""Latin letters among Cyrillic ones, which nobody sees and no search finds: «Kотлас» with a Latin «K»."""

import re
from dataclasses import dataclass

_LATIN, _CYRILLIC = "ABCEHKMOPTXYacekopxy", "АВСЕНКМОРТХУасекорху"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)
# Of one look only as capitals; small ones are searched by the same letters.
_SEARCHED = str.maketrans("abcehkmoptxy", "авсенкмортху")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_LETTER, _CYRILLIC_LETTER = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яЁё]")


def in_cyrillic_letters(text: str) -> str:
    """A text without capitals, with Cyrillic letters for the Latin ones of the same look, for comparing."""
    return text.translate(_SEARCHED)


@dataclass(frozen=True)
class MixedWord:
    """A word with letters of another alphabet than its own, each of which looks like one of its own.

    Attributes:
        word: as it was typed.
        right: the same with letters of one alphabet.
    """

    word: str
    right: str

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the other alphabet, each once."""
        return tuple(dict.fromkeys(one for one, right in zip(self.word, self.right, strict=True) if one != right))

    @property
    def sentence(self) -> str:
        """What is wrong, naming the letter, and what the word should be: a Russian sentence."""
        is_latin = bool(_LATIN_LETTER.match(self.letters[0]))
        named = ", ".join(f"«{one}»" for one in self.letters)
        if len(self.letters) == 1:
            which = f"буква {named} – {'латинская' if is_latin else 'русская'}"
        else:
            which = f"буквы {named} – {'латинские' if is_latin else 'русские'}"
        return f"В слове «{self.word}» {which}; одним алфавитом: «{self.right}»."


def mixed_words(text: str) -> list[MixedWord]:
    """The words of a text in which somebody's keyboard was left in the other alphabet for a letter.

    A word that needs both alphabets («СберCloud») is not among them.

    Args:
        text: what was typed.

    Returns:
        Each such word once, in the order of the text.
    """
    words = dict.fromkeys(match.group() for match in _WORD.finditer(text))
    return [MixedWord(word, right) for word in words if (right := _right(word)) != word]


def in_one_alphabet(text: str) -> str:
    """A text with each of its mixed words as it should be."""
    return _WORD.sub(lambda match: _right(match.group()), text)


def _right(word: str) -> str:
    """A word in its own alphabet: the one whose letters the other lacks; Cyrillic where neither lacks any."""
    if not (_LATIN_LETTER.search(word) and _CYRILLIC_LETTER.search(word)):
        return word
    for table, foreign in ((_TO_CYRILLIC, _LATIN_LETTER), (_TO_LATIN, _CYRILLIC_LETTER)):
        right = word.translate(table)
        if not foreign.search(right):
            return right
    return word
