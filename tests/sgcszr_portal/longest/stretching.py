"""Whatever people type, at its longest and in its oddest letters: in every row that there is."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from russian.text import plain_text

MARK = "Ёж"  # by which a text of these is found again; no other text of the world has it
ODD = f'{MARK} «ё» a<b>Ж</b> & "R&D" <script>Ж</script> <i@x.ru> =1+1 '  # as people type: all of it is text
TEXT = 600  # characters at the most of texts of several paragraphs: the longest words have a test of their own
ROOMS = {"accounts", "documents", "municipalities", "surveys", "practices", "resolutions", "sgcszr_portal"}


def text_of(length: int, *, number: int) -> str:
    """A text of exactly so many characters, unlike that of another number; every second one is a single word."""
    odd = f"{ODD}{number} " if number % 2 else f"{ODD}{number} ".replace(" ", "")
    odd = odd if length > 2 * len(odd) else f"{MARK}<b>{number}"
    return (odd + "Щ" * length)[:length].strip().ljust(length, "Щ")


def typed_columns(model: type[models.Model]) -> Iterator[Any]:
    """The columns of a model that hold what somebody typed, or whose name it was."""
    for column in model._meta.concrete_fields:
        if not isinstance(column, models.CharField | models.TextField) or column.choices:
            continue
        if isinstance(column, models.SlugField | models.EmailField | models.URLField | models.FileField):
            continue
        if plain_text in column.validators or column.name.endswith("_name"):
            yield column


def stretch_everything() -> dict[str, int]:
    """Make every typed text of every row as long as its column is, past the rules of the portal.

    Returns:
        Column, as «resolutions.Letter.heading», → in how many rows the database took it.
    """
    stretched: dict[str, int] = {}
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS or model._meta.proxy:
            continue
        rows: models.QuerySet[Any] = models.QuerySet(model)
        columns = list(typed_columns(model))
        keys = list(rows.order_by("pk").values_list("pk", flat=True)) if columns else []
        for group in _groups(columns):
            taken = (_takes(rows.filter(pk=key), group, number) for number, key in enumerate(keys, start=1))
            stretched[f"{model._meta.label}.{group[0].name}"] = sum(taken)
    return stretched


def _groups(columns: list[Any]) -> list[list[Any]]:
    """Columns that are written one by one, but for the two that tell for whom somebody acted: both or none."""
    stead = [one for one in columns if one.name in ("on_behalf_of", "behalf_ground")]
    return [[one] for one in columns if one not in stead] + ([stead] if stead else [])


def _takes(row: "models.QuerySet[Any]", columns: list[Any], number: int) -> bool:
    """Write texts into a row, if the database lets it: an outside body has a name, a person none."""
    try:
        with transaction.atomic():
            row.update(**{one.attname: text_of(_length(one), number=number) for one in columns})
    except IntegrityError:
        return False
    return True


def _length(column: Any) -> int:
    longest: int = column.max_length or TEXT
    return min(longest, TEXT) if isinstance(column, models.TextField) else longest
