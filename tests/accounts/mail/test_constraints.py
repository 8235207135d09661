"""What the database itself refuses about letters."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import OutgoingMail
from tests.accounts.mail.factory import letter

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("mail_state_known", {"state": "lost"}),
        ("mail_urgency_known", {"urgency": 9}),
        ("mail_sent_exactly_when_dated", {"state": "sent", "text": ""}),
        ("mail_sent_exactly_when_dated", {"sent_at": NOW}),
        ("mail_claimed_exactly_while_sending", {"claimed_until": NOW}),
        ("mail_claimed_exactly_while_sending", {"state": "sending", "attempts": 1}),
        ("mail_attempts_are_counted", {"state": "sending", "claimed_until": NOW}),
        ("mail_to_nobody_says_so", {"recipient": ""}),
        ("mail_to_nobody_says_so", {"state": "nobody", "text": ""}),
        ("mail_that_did_not_leave_says_why", {"state": "failed"}),
        ("mail_that_did_not_leave_says_why", {"state": "missed", "text": ""}),
        ("mail_text_is_forgotten", {"state": "sent", "sent_at": NOW}),
        ("mail_text_is_forgotten", {"state": "missed", "last_error": "?"}),
        ("mail_under_way_has_a_text", {"text": ""}),
        ("mail_is_a_letter", {"subject": ""}),
        ("mail_is_a_letter", {"kind": ""}),
        ("mail_is_a_letter", {"message_id": ""}),
    ],
)
def test_what_makes_no_sense_is_refused(name: str, change: dict[str, object]) -> None:
    stored = letter()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        OutgoingMail.objects.filter(pk=stored.pk).update(**change)


def test_a_message_id_is_one_letters() -> None:
    first, second = letter(), letter()
    with pytest.raises(IntegrityError, match="message_id"), transaction.atomic():
        OutgoingMail.objects.filter(pk=second.pk).update(message_id=first.message_id)
