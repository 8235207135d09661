"""Addresses made of Russian names."""

from collections.abc import Collection
from itertools import count

import iuliia
from django.utils.text import slugify


def slug_of(text: str, *, max_length: int = 60) -> str:
    """A name as part of an address: «Великий Новгород» → `velikiy-novgorod`.

    Args:
        text: a Russian name or heading.
        max_length: longest result, in characters; cut between words.

    Returns:
        Latin letters, digits and hyphens; empty when the text holds none.
    """
    slug = slugify(iuliia.WIKIPEDIA.translate(text))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]


def first_free(slug: str, taken: Collection[str]) -> str:
    """The slug itself, or with the first number from 2 on that makes it free: "pskov", "pskov-2"."""
    if slug not in taken:
        return slug
    return next(numbered for number in count(2) if (numbered := f"{slug}-{number}") not in taken)
