"""Personal links of responses: one opens the form of one municipality in one round, without a password."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from municipalities.personal_links import Purpose, address_of, links_of
from municipalities.surveys.models import SurveyResponse
from municipalities.surveys.models.round import LINKS

FOR_RESPONSES = Purpose(
    code=LINKS,
    label="Ответ в информационном обмене",
    page="survey_form",
    model=SurveyResponse,
    related=("round", "municipality"),
    until=lambda response: response.round.closes_on,
    refusal=lambda response: response.round.answers_refusal(),
)


class WayIn(NamedTuple):
    """Where a municipality answers: an absolute address, and whether it needs no login."""

    address: str
    personal: bool


def way_in(response: SurveyResponse) -> WayIn:
    """The personal link of a response, or the page behind the login when that is withdrawn."""
    link = links_of(LINKS, response).filter(ended="").first()
    if link:
        return WayIn(address_of(link), personal=True)
    page = reverse("survey_answer", args=[response.round_id, response.municipality.slug])
    return WayIn(str(settings.PUBLIC_URL) + page, personal=False)
