"""What a letter says, as it is edited."""

from django.db import models

from revisions.models import VersionedModel
from russian.text import plain_text


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

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, paragraph by paragraph."""
        return tuple(self.body.splitlines())
