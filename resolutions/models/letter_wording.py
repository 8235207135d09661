"""What a letter says, as it is edited."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from revisions.models import VersionedModel
from russian.text import plain_text

# What is typed and printed, from above to below. The Union's name and the number are the portal's.
PRINTED = ("addressee", "heading", "salutation", "body", "signatory_position", "signatory_name", "executor")


class LetterWording(VersionedModel):
    """What stands on the paper of a letter: what the editor changes until the letter leaves."""

    addressee = models.TextField(
        "адресат",
        max_length=500,
        validators=[plain_text],
        help_text="Как на письме: каждая строка с новой строки, в нужном падеже",
    )
    heading = models.CharField("заголовок", max_length=300, blank=True, validators=[plain_text])
    salutation = models.CharField("обращение к адресату", max_length=150, blank=True, validators=[plain_text])
    body = models.TextField(
        "текст письма", max_length=20_000, validators=[plain_text], help_text="Каждый абзац с новой строки"
    )
    signatory_position = models.CharField("должность подписывающего", max_length=250, validators=[plain_text])
    signatory_name = models.CharField("подписывающий", max_length=150, validators=[plain_text])
    executor = models.CharField(
        "исполнитель", max_length=150, blank=True, validators=[plain_text], help_text="Имя и телефон внизу письма"
    )

    class Meta:
        abstract = True

    @classmethod
    def places(cls, said: Callable[[str], str]) -> Iterator[tuple[str, str]]:
        """What each text of the paper is called in the editor, and the text.

        Args:
            said: gives the text of a column of `PRINTED`.
        """
        for name in PRINTED:
            column: Any = cls._meta.get_field(name)
            yield str(column.verbose_name).capitalize(), said(name)

    @property
    def addressed_to(self) -> str:
        """The last line of the addressee, the name of most, by which files are called."""
        return (self.addressee.splitlines() or ["адресат не указан"])[-1]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, paragraph by paragraph."""
        return tuple(self.body.splitlines())
