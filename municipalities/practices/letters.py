"""Letters about practices: the question to the owner, the answer back. What became of each is kept as a step."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from accounts.access import people_with
from accounts.models import UnionProfile, User
from accounts.post import Post
from accounts.roles import Permission
from municipalities.models import Municipality
from municipalities.practices.models import PracticeRequest, RequestStepKind

logger = logging.getLogger(__name__)

NOBODY = "У муниципального образования ({name}) нет действующих представителей."
NO_SERVER = "Почтовый сервер не ответил."


def representatives_of(municipality: Municipality) -> list[User]:
    """Those who speak for a municipality and can log in, in a steady order."""
    users = people_with(Permission.KEEP_OWN_MUNICIPALITY).filter(representations__municipality=municipality)
    return list(users.order_by("pk"))


def send(asked: PracticeRequest, *, by: User) -> bool:
    """Mail the answer to those who asked, or, while there is none, the question to the practice's owner.

    A letter that cannot be sent is logged and kept as a step, never raised: question and answer are stored already.

    Args:
        asked: the question.
        by: whose action sends the letter.

    Returns:
        Whether the mail server took the letter.
    """
    if asked.is_answered:
        to, template = asked.municipality, "answer"
        sent, failed = RequestStepKind.ANSWER_SENT, RequestStepKind.ANSWER_NOT_SENT
        subject = f"Ответ о практике {asked.practice}"
    else:
        to, template = asked.practice.municipality, "question"
        sent, failed = RequestStepKind.QUESTION_SENT, RequestStepKind.QUESTION_NOT_SENT
        subject = f"Вопрос о практике {asked.practice}"
    recipients = representatives_of(to)
    if not recipients:
        asked.note(failed, by=by, detail=NOBODY.format(name=to.name))
        return False
    link = settings.PUBLIC_URL + asked.get_absolute_url()
    context = {"union": UnionProfile.on(), "asked": asked, "practice": asked.practice, "link": link}
    text = render_to_string(f"municipalities/practices/email/{template}.txt", context)
    letter = EmailMessage(subject, text, to=[user.email for user in recipients])
    with Post() as post:
        error = post.send(letter)
    if error:
        logger.error("The letter about practice request %s was not sent", asked.pk)
        asked.note(failed, by=by, detail=NO_SERVER)
        return False
    asked.note(sent, by=by, detail="Кому: " + ", ".join(user.name for user in recipients))
    return True
