"""How often something was asked for lately."""

from django.db import models


class Bucket(models.Model):
    """What one visitor, or all together, asked for lately: a bucket that each request fills a little and time empties.

    Rows hold no address: the key is a fingerprint. An empty bucket is as good as none, so that
    `accounts.limits.forget_old_limits` may delete it; nothing else ever removes a row.

    Attributes:
        key: what is counted, and of whom.
        empty_at: when the bucket will be empty, in seconds since 1970.
    """

    key = models.CharField(primary_key=True, max_length=80)
    empty_at = models.FloatField(db_index=True)

    class Meta:
        verbose_name = "счётчик обращений"
        verbose_name_plural = "счётчики обращений"
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="bucket_has_key")]

    def __str__(self) -> str:
        return self.key
