"""How people come into the portal: the secretariat invites, a letter brings a link, the link sets the password."""

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.mail.storing import store
from accounts.mail_kinds import INVITATION
from accounts.models import TAKEN, OutgoingMail, UnionProfile, User
from accounts.role_keeping import new_role, store_roles
from revisions.history import sign
from russian.text import tidy


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, position: str = "", role_since: dt.date | None = None, by: User | None
) -> User:
    """Store a new user, and a letter to them with a link to set the password.

    Args:
        email: the address to log in with, in any case.
        name: as in documents, «Н.В. Корягина».
        role: one of `Role`.
        position: of the person, may be empty.
        role_since: the first day of the role; None for the beginning.
        by: who invites; None for a command.

    Returns:
        The stored user, with an unusable password.

    Raises:
        ValidationError: a field is wrong, or the address is taken; by field.
    """
    user = User(email=email.strip().lower(), name=tidy(name), role=role, position=tidy(position))
    user.set_unusable_password()
    user.full_clean(validate_constraints=False)
    sign(user, by=by, reason="Приглашение")
    try:
        with transaction.atomic():
            user.save()
            user.keep_address()
            store_roles(user, [], new_role(user, role, role_since, stored=[]) if role_since else [], by=by)
    except IntegrityError as somebody_was_quicker:
        raise ValidationError({"email": TAKEN}) from somebody_was_quicker
    write_invitation(user, by=by)
    return user


def write_invitation(user: User, *, by: User | None) -> OutgoingMail:
    """Store the letter with the link that sets the password.

    Args:
        user: somebody who has not logged in yet.
        by: who invites; None for a command.
    """
    union, valid_for = UnionProfile.on(), dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    context = {"union": union, "user": user, "link": password_link(user), "days": valid_for.days}
    return store(
        INVITATION,
        user,
        subject=f"Приглашение на портал {union.short_name}",
        text=render_to_string("accounts/email/invitation.txt", context),
        by=by,
        useful_until=timezone.now() + valid_for,
    )


def invitation_of(user: User) -> OutgoingMail | None:
    """The last invitation that was written to somebody."""
    return user.mail.filter(kind=INVITATION.code).first()


def password_link(user: User) -> str:
    """The address under which this user sets a password, once, within PASSWORD_RESET_TIMEOUT seconds.

    Args:
        user: whose password.

    Returns:
        An absolute address on PUBLIC_URL, whatever host a request came to.
    """
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=key)
