"""Who works in the portal."""

import datetime as dt
import secrets
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models.held import Held, HeldRole, Power, roles_held
from accounts.roles import Office, Role
from revisions.days import EARLIEST
from revisions.history import SignedHistory
from revisions.models import VersionedModel
from russian.templatetags.russian import long_date
from russian.text import plain_text

TAKEN = "Такой адрес уже есть в портале."
CALENDAR_KEY_BYTES = 24
KEPT_BY_LEDGERS = ("offices", "roles")  # what ledgers come to; past `save()` and its line of history
DEMO_DOMAIN = "sgcszr.example"  # reserved for examples; no mail ever arrives there


class UserManager(BaseUserManager["User"]):
    """Users by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a new user.

        Args:
            email: address to log in with; kept in lower case.
            password: without one, the user sets it by the invitation.
            **fields: further fields of `User`.

        Returns:
            The stored user.
        """
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save()
            user.keep_address()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a technical administrator: Django admin, no role in the daily work."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user whatever the case of the typed address."""
        return self.get(email__iexact=username)


class User(VersionedModel, AbstractBaseUser, PermissionsMixin):
    """A person who logs in by e-mail. Deactivated, never deleted: history names them."""

    email = models.EmailField("адрес электронной почты", unique=True, error_messages={"unique": TAKEN})
    name = models.CharField(
        "имя", max_length=150, validators=[plain_text], help_text="Как в документах: «Н.В. Корягина»"
    )
    position = models.CharField("должность", max_length=250, blank=True, validators=[plain_text])
    role = models.CharField("роль", max_length=20, choices=Role, blank=True)
    is_active = models.BooleanField("может входить", default=True)
    is_staff = models.BooleanField("технический администратор", default=False)
    date_joined = models.DateTimeField("заведён", default=timezone.now, editable=False)
    wants_reminders = models.BooleanField(
        "получать напоминания о сроках по электронной почте",
        default=True,
        help_text="Одно письмо в день, и только когда что-то просрочено или срок близко.",
    )
    calendar_key = models.CharField("ключ календаря", max_length=64, blank=True, editable=False)

    # What the ledger of offices comes to, for every page to ask: [office, first day, last day or None]. Its alone.
    offices = models.JSONField("обязанности на срок", default=list, blank=True, editable=False)

    # What the ledger of roles comes to: [role, first day]; nothing while the role is the one from the beginning.
    roles = models.JSONField("роли по дням", default=list, blank=True, editable=False)

    history = HistoricalRecords(
        bases=[SignedHistory], excluded_fields=["password", "last_login", "calendar_key", *KEPT_BY_LEDGERS]
    )
    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "пользователь"
        verbose_name_plural = "пользователи"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once", violation_error_message=TAKEN),
            models.CheckConstraint(condition=models.Q(role__in=["", *Role.values]), name="user_role_known"),
            models.CheckConstraint(
                condition=~models.Q(role="") | models.Q(is_superuser=True), name="user_has_role_or_is_superuser"
            ),
            models.UniqueConstraint(
                fields=["calendar_key"], condition=~models.Q(calendar_key=""), name="user_calendar_key_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the account, and leave alone what others keep in it: whoever read it earlier would take it back."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            fields = {one.attname for one in self._meta.concrete_fields if not one.primary_key}
            kwargs["update_fields"] = fields - set(KEPT_BY_LEDGERS)
        super().save(*args, **kwargs)

    @property
    def held(self) -> list[Held]:
        """The terms of office, past and future ones too, in the order of their first days. No query."""
        return [Held.of(one) for one in self.offices]

    @property
    def held_roles(self) -> list[HeldRole]:
        """The roles with their days, as they are known now; the last one is today's. No query."""
        changes = [(role, dt.date.fromisoformat(first)) for role, first in self.roles]
        return roles_held(changes or [(self.role, EARLIEST)])

    @property
    def powers(self) -> list[Power]:
        """All that the user holds, held or will hold. No query."""
        return [*self.held_roles, *self.held]

    def role_on(self, day: dt.date) -> str:
        """The role that the user had on a day, as it is known now; empty where none. No query."""
        return next((one.role for one in self.held_roles if one.holds_on(day)), "")

    def offices_on(self, day: dt.date) -> list[Office]:
        """The offices that the user holds on a day, as it is known now. No query."""
        return [one.office for one in self.held if one.holds_on(day)]

    @property
    def stands_in(self) -> str:
        """For whom the user stands in today and how long, for every page: «и.о. председателя по 12 декабря 2026 г.»."""
        today = timezone.localdate()
        duties = (one for one in self.held if one.until and one.office.stands_in and one.holds_on(today))
        return "; ".join(f"{one.office.in_sentence} по {long_date(one.until)}" for one in duties)

    def get_absolute_url(self) -> str:
        """The page on which the secretariat edits this user."""
        return reverse("user", args=[self.pk])

    def keep_address(self) -> None:
        """Let allauth know this address, and no other, as the user's.

        It counts as verified: the secretariat vouches for it, and allauth refuses two-factor login without that.
        """
        addresses = EmailAddress.objects.filter(user_id=self.pk)
        addresses.exclude(email=self.email).delete()
        addresses.update_or_create(user_id=self.pk, email=self.email, defaults={"primary": True, "verified": True})

    def new_calendar_key(self) -> str:
        """Make a fresh key for the user's private calendar; the address with the former one leads nowhere from now on.

        Returns:
            The key, stored already; 24 random bytes, fit for an address.
        """
        self.calendar_key = secrets.token_urlsafe(CALENDAR_KEY_BYTES)
        User.objects.filter(pk=self.pk).update(calendar_key=self.calendar_key)  # a secret: no line of history
        return self.calendar_key


def demo_address(key: str) -> str:
    """The e-mail address of a demonstration account, by its key in `accounts.demo.PEOPLE`."""
    return f"{key}@{DEMO_DOMAIN}"


def display_name(user: User) -> str:
    """How allauth calls a user in its pages and mails."""
    return str(user)
