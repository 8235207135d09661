"""Random texts of all Unicode categories, among words as secretaries write them."""

import random
import unicodedata
from collections import defaultdict
from functools import cache

# Scripts from right to left, with their marks (Unicode's blocks); and characters that only such texts hold.
_RIGHT_TO_LEFT = (range(0x590, 0x900), range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00), range(0x10800, 0x11000))
_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}
_WORDS = (
    "город",
    "Котлас",
    "«Умный город»",
    "Доля < трети",
    "№ 5",
    "<b>",
    "&amp;",
    "27.06.2024",
    "5 млн ₽",
    "и́",
    "ЖКХ",
)
LONGEST = 12  # parts of a text


@cache
def _by_category() -> dict[str, list[str]]:
    """All characters that a browser can send, by category; scripts from right to left aside."""
    found = defaultdict(list)
    for point in range(0x110000):
        sign = chr(point)
        category = unicodedata.category(sign)
        is_to_left = unicodedata.bidirectional(sign) in _TO_LEFT or any(point in block for block in _RIGHT_TO_LEFT)
        if category != "Cs" and not is_to_left:
            found[category].append(sign)
    return dict(found)


def random_texts(number: int, seed: int) -> list[str]:
    """Texts for the doors, the same for the same seed.

    Args:
        number: how many.
        seed: any number.
    """
    chosen = random.Random(seed)  # noqa: S311 - no secret
    signs = _by_category()
    categories = sorted(signs)

    def part() -> str:
        if chosen.random() < 0.4:
            return chosen.choice(_WORDS)
        return chosen.choice(signs[chosen.choice(categories)])

    def text() -> str:
        return "".join(part() + chosen.choice(("", "", " ")) for _ in range(chosen.randint(1, LONGEST)))

    return [text() for _ in range(number)]
