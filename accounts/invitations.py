"""How people come into the portal: the secretariat invites, a letter brings a link, the link sets the password."""

import logging
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import TAKEN, UnionProfile, User
from accounts.post import Post
from revisions.history import sign
from russian.text import tidy

logger = logging.getLogger(__name__)

SECONDS_IN_A_DAY = 24 * 3600


def invite(*, email: str, name: str, role: str, position: str = "", by: User | None) -> User:
    """Store a new user and, once that is committed, mail a link to set the password.

    Whether the letter left is in `invited_at`: the moment of sending, or None when the mail server refused; then
    `send_invitation` tries again.

    Args:
        email: the address to log in with, in any case.
        name: as in documents, «Н.В. Корягина».
        role: one of `Role`.
        position: of the person, may be empty.
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
    except IntegrityError as somebody_was_quicker:
        raise ValidationError({"email": TAKEN}) from somebody_was_quicker
    transaction.on_commit(partial(send_invitation, user))
    return user


def send_invitation(user: User) -> bool:
    """Mail the link that sets the password.

    A letter that cannot be sent is logged and reported, never raised: the user is stored already.

    Args:
        user: somebody who has not logged in yet.

    Returns:
        Whether the mail server took the letter; `user.invited_at` is set then.
    """
    union, days = UnionProfile.on(), settings.PASSWORD_RESET_TIMEOUT // SECONDS_IN_A_DAY
    context = {"union": union, "user": user, "link": password_link(user), "days": days}
    text = render_to_string("accounts/email/invitation.txt", context)
    letter = EmailMessage(f"Приглашение на портал {union.short_name}", text, to=[user.email])
    with Post() as post:
        error = post.send(letter)
    if error:
        logger.error("The invitation for user %s was not sent", user.pk)
        return False
    user.invited_at = timezone.now()
    User.objects.filter(pk=user.pk).update(invited_at=user.invited_at)  # no line of history for a letter
    return True


def password_link(user: User) -> str:
    """The address under which this user sets a password, once, within PASSWORD_RESET_TIMEOUT seconds.

    Args:
        user: whose password.

    Returns:
        An absolute address on PUBLIC_URL, whatever host a request came to.
    """
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=key)
