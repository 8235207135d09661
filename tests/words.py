"""What a page says, without its markup."""

import re

_TAG = re.compile(r"<[^>]*>")


def words_of(page: str) -> str:
    """The text of a page or of a part of it, its white space as single spaces."""
    return " ".join(_TAG.sub("", page).split())
