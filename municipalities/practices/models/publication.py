"""What cities tell about themselves: published, and withdrawn rather than deleted."""

from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from revisions.history import sign
from revisions.models import VersionedModel
from russian.text import plain_text, tidy


class Publication(VersionedModel):
    """A record that everybody reads until it is withdrawn with a reason. Never deleted: others refer to it."""

    is_published = models.BooleanField("публикуется", default=True, editable=False)
    withdrawn_because = models.CharField(
        "причина снятия с публикации", max_length=300, blank=True, editable=False, validators=[plain_text]
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(is_published=True, withdrawn_because="")
                | (Q(is_published=False) & ~Q(withdrawn_because="")),
                name="%(class)s_withdrawn_with_reason",
            ),
        ]

    @transaction.atomic
    def set_published(self, published: bool, *, by: User, reason: str) -> None:
        """Withdraw the record, or publish it again; doing it twice does nothing the second time.

        Args:
            published: whether everybody reads it from now on.
            by: who says so.
            reason: why, not empty; kept in the history and, while the record is withdrawn, shown on its page.
        """
        current = type(self)._default_manager.select_for_update().get(pk=self.pk)
        if current.is_published != published:
            current.is_published = published
            current.withdrawn_because = "" if published else tidy(reason)
            current.version += 1
            sign(current, by=by, reason=tidy(reason))
            current.save()
        self.is_published, self.withdrawn_because = current.is_published, current.withdrawn_because
        self.version = current.version
