"""Letters about practices: the question to the owner, the answer back. Each is kept as a step, with its letter."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from accounts.access import people_with
from accounts.mail.storing import store
from accounts.mail_kinds import MailKind
from accounts.models import UnionProfile, User
from accounts.roles import Permission
from municipalities.models import Municipality
from municipalities.practices.models import PracticeRequest, RequestStepKind

PRACTICE_LETTER = MailKind("practice", "Вопросы о практиках")
NOBODY = "У муниципального образования ({name}) нет действующих представителей."


def representatives_of(municipality: Municipality) -> list[User]:
    """Those who speak for a municipality and can log in, in a steady order."""
    speaking = municipality.representatives.speaking()
    users = people_with(Permission.KEEP_OWN_MUNICIPALITY).filter(representations__in=speaking)
    return list(users.order_by("pk"))


@transaction.atomic
def send(asked: PracticeRequest, *, by: User) -> bool:
    """Store the answer to those who asked, or, while there is none, the question to the practice's owner.

    Each representative gets a letter of their own, and a step that says what became of it.

    Args:
        asked: the question.
        by: whose action sends the letter.

    Returns:
        Whether there is anybody to write to.
    """
    if asked.is_answered:
        to, template, subject = asked.municipality, "answer", f"Ответ о практике {asked.practice}"
        written, nobody = RequestStepKind.ANSWER_LETTER, RequestStepKind.ANSWER_TO_NOBODY
    else:
        to, template, subject = asked.practice.municipality, "question", f"Вопрос о практике {asked.practice}"
        written, nobody = RequestStepKind.QUESTION_LETTER, RequestStepKind.QUESTION_TO_NOBODY
    recipients = representatives_of(to)
    if not recipients:
        asked.note(nobody, by=by, detail=NOBODY.format(name=to.name))
        return False
    link = settings.PUBLIC_URL + asked.get_absolute_url()
    context = {"union": UnionProfile.on(), "asked": asked, "practice": asked.practice, "link": link}
    text = render_to_string(f"municipalities/practices/email/{template}.txt", context)
    for user in recipients:
        mail = store(PRACTICE_LETTER, user, subject=subject, text=text, by=by)
        asked.note(written, by=by, detail=f"Кому: {user.name}", mail=mail)
    return True
