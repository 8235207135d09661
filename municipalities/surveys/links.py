"""Personal links: one opens the form of one municipality in one round, without a password."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from municipalities.surveys.models import SurveyResponse

SALT = "municipalities.surveys.link"
WITHDRAWN = "Эта ссылка отозвана или заменена новой. Попросите секретариат Союза прислать действующую."


class UnknownLink(Exception):
    """The portal never gave out such a link."""


class LinkGone(Exception):
    """The link was good once; the message says in Russian why it is not any more."""


def _signer() -> signing.Signer:
    """No time stamp: a link lives as long as its round, which the database knows."""
    return signing.Signer(salt=SALT)


def token_of(response: SurveyResponse) -> str:
    """The signed part of a response's personal link, the same in every letter; empty when the link is withdrawn."""
    return _signer().sign_object([response.pk, response.nonce]) if response.nonce else ""


def form_address(response: SurveyResponse) -> str:
    """Where the municipality answers: the personal link, or the page behind the login when that is withdrawn.

    Returns:
        An absolute address on PUBLIC_URL, whatever host a request came to.
    """
    token = token_of(response)
    if token:
        return str(settings.PUBLIC_URL) + reverse("survey_form", args=[token])
    page = reverse("survey_answer", args=[response.round_id, response.municipality.slug])
    return str(settings.PUBLIC_URL) + page


def response_behind(token: str) -> SurveyResponse:
    """The response that a personal link opens.

    Args:
        token: as it stands in the address.

    Returns:
        The response, with its round and municipality; the round accepts answers today.

    Raises:
        UnknownLink: not signed by this portal, or nothing is behind it any more.
        LinkGone: withdrawn, replaced, or the round does not accept answers.
    """
    try:
        pk, nonce = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as forged:
        raise UnknownLink from forged
    response = SurveyResponse.objects.select_related("round", "municipality").filter(pk=pk).first()
    if response is None:
        raise UnknownLink
    if not nonce or response.nonce != nonce:
        raise LinkGone(WITHDRAWN)
    refusal = response.round.answers_refusal()
    if refusal:
        raise LinkGone(refusal)
    return response
