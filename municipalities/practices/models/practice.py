"""The practices that cities offer to each other."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from municipalities.practices.models.publication import Publication
from municipalities.practices.models.standard import Direction
from revisions.days import end_of
from revisions.history import SignedHistory, value_before
from russian.templatetags.russian import quoted
from russian.text import paragraphs, plain_text, search_form, tidy


class PracticeQuerySet(models.QuerySet["Practice"]):
    def published(self, *, known_on: dt.date | None = None) -> "PracticeQuerySet":
        """Those that are not withdrawn, whoever's they are.

        Args:
            known_on: count only what was recorded by the end of this day, in Moscow.
        """
        if known_on is None:
            return self.filter(is_published=True)
        was_published = value_before(self.model, "is_published", end_of(known_on))
        return self.alias(was_published=was_published).filter(was_published=True)

    def public(self) -> "PracticeQuerySet":
        """What everybody reads: published, and of a municipality in the Union's list."""
        return self.filter(is_published=True, municipality__is_listed=True)


class Practice(Publication):
    """What a municipality did, what came of it, and whom to ask. The owner never changes."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="practices",
        verbose_name="муниципальное образование",
    )
    title = models.CharField("название", max_length=200, validators=[plain_text])
    direction = models.ForeignKey(
        Direction, on_delete=models.PROTECT, to_field="code", related_name="practices", verbose_name="направление"
    )
    done = models.TextField(
        "что сделано",
        max_length=5000,
        validators=[plain_text],
        help_text="Какая была задача, что внедрили, в какие сроки и на каких условиях.",
    )
    result = models.TextField(
        "результат", max_length=3000, validators=[plain_text], help_text="Что изменилось: лучше с числами и датой."
    )
    contact = models.CharField(
        "контакт",
        max_length=300,
        blank=True,
        validators=[plain_text],
        help_text="К кому обратиться за подробностями. Не публикуется: его видят только те, кто вошёл в портал.",
    )
    link = models.CharField(
        "ссылка",
        max_length=500,
        blank=True,
        validators=[
            URLValidator(["http", "https"], message="Укажите адрес, который начинается с http:// или https://.")
        ],
        help_text="Страница или документ с подробностями. Публикуется.",
    )
    search_text = models.TextField(editable=False)

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["search_text", "version"])
    objects = PracticeQuerySet.as_manager()

    class Meta(Publication.Meta):
        verbose_name = "практика"
        verbose_name_plural = "практики"
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(condition=~Q(title="") & ~Q(done="") & ~Q(result=""), name="practice_told"),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="http://") | Q(link__startswith="https://"),
                name="practice_link_is_http",
            ),
        ]

    def __str__(self) -> str:
        return quoted(self.title)

    def get_absolute_url(self) -> str:
        """The practice's page."""
        return reverse("practice", args=[self.pk])

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Store the practice tidied, with what people search it by."""
        self.title, self.contact = tidy(self.title), tidy(self.contact)
        self.done, self.result = "\n".join(paragraphs(self.done)), "\n".join(paragraphs(self.result))
        self.search_text = search_form(tidy(f"{self.title} {self.done} {self.result}"))
        if update_fields is not None:
            update_fields = {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)
