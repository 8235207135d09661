"""Codes by which anybody can ask whether a paper is genuine."""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from russian.text import plain

# Crockford's base 32: no I, L, O and U, which people take for 1, 0 and V. Twelve of them carry 60 random bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP_LENGTH = 3, 4
CODE_LENGTH = GROUPS * GROUP_LENGTH + GROUPS - 1
CODE_PATTERN = "-".join([f"[{ALPHABET}]{{{GROUP_LENGTH}}}"] * GROUPS)

# What is typed instead: Cyrillic letters of the same look, and Latin ones that stand for a figure.
_LOOK_ALIKES = str.maketrans("АВЕЗКМНОРСТУХІILO", "ABE3KMH0PCTYX1110")


@dataclass(frozen=True)
class Verification:
    """What a document prints about itself, so that its reader can check it.

    Attributes:
        code: verification code, as in `new_code`.
        url: absolute address of the page that tells about the document.
    """

    code: str
    url: str

    @classmethod
    def of(cls, code: str) -> "Verification":
        """The verification of a document with this code, at the portal's public address."""
        return cls(code, settings.PUBLIC_URL + reverse("verify_code", args=[code]))


def new_code() -> str:
    """A fresh random code, like «7K2M-XQ9A-3FTR»."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def canonical_code(typed: str) -> str | None:
    """The code that somebody meant.

    Args:
        typed: in any case, with or without dashes and spaces, with Cyrillic letters that look like Latin ones.

    Returns:
        The code in the form of `new_code`, or None when this cannot be a code.
    """
    letters = re.sub(r"[\s\u2010-\u2015\u2212-]+", "", plain(typed)).upper().translate(_LOOK_ALIKES)
    if len(letters) != GROUPS * GROUP_LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return "-".join(letters[start : start + GROUP_LENGTH] for start in range(0, len(letters), GROUP_LENGTH))
