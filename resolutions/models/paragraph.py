"""The rows of a decision's text that are only text: paragraphs of the preamble and sub-points."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import models
from django.db.models import Q

from resolutions.text import KEY_LENGTH, Paragraph, new_key
from russian.text import plain_text


class TextRow(models.Model):
    """A numbered row of text. Rows are written anew with the text they belong to; what lasts is the key."""

    key = models.CharField("ключ", max_length=KEY_LENGTH, default=new_key, editable=False)
    number = models.PositiveIntegerField("номер")
    text = models.TextField("текст", validators=[plain_text])

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def as_text(self) -> Paragraph:
        """The row as it stands on the paper."""
        return Paragraph(self.text, self.key)


Row = TypeVar("Row", bound=TextRow)


def replace_rows(stored: "models.Manager[Row]", rows: Sequence[Paragraph]) -> None:
    """Make the rows of an owner these, numbered from one.

    Args:
        stored: the owner's related manager.
        rows: what is to stand there, in order.
    """
    if [row.as_text() for row in stored.all()] == list(rows):
        return
    stored.all().delete()
    for number, row in enumerate(rows, start=1):
        stored.create(number=number, key=row.key, text=row.text)


class PreambleParagraph(TextRow):
    """A paragraph of what the Assembly notes («отмечает») before it decides."""

    resolution = models.ForeignKey("resolutions.Resolution", on_delete=models.CASCADE, related_name="paragraphs")

    class Meta:
        verbose_name = "абзац констатирующей части"
        verbose_name_plural = "абзацы констатирующей части"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="paragraph_number_once"),
            models.UniqueConstraint(fields=["resolution", "key"], name="paragraph_key_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="paragraph_number_from_one"),
            models.CheckConstraint(condition=~Q(key=""), name="paragraph_has_key"),
        ]


class SubPoint(TextRow):
    """A point whose parent is another one. It is controlled through that, so it has neither state nor deadline."""

    point = models.ForeignKey("resolutions.DecisionPoint", on_delete=models.CASCADE, related_name="subpoints")

    class Meta:
        verbose_name = "подпункт решения"
        verbose_name_plural = "подпункты решения"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["point", "number"], name="subpoint_number_once"),
            models.UniqueConstraint(fields=["point", "key"], name="subpoint_key_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="subpoint_number_from_one"),
            models.CheckConstraint(condition=~Q(key=""), name="subpoint_has_key"),
        ]
