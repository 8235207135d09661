"""How a page finds its round and its response, or says that they are not there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.requests import open_or_403
from municipalities.surveys import access
from municipalities.surveys.models import SurveyResponse, SurveyRound


def round_or_404(request: HttpRequest, pk: int) -> SurveyRound:
    """A round, if this visitor may see it."""
    return get_object_or_404(access.visible_rounds(request.user), pk=pk)


def round_to_edit(request: HttpRequest, pk: int) -> SurveyRound:
    """A round that the visitor may change: 404 for those who cannot see it, 403 for those who only read."""
    found = round_or_404(request, pk)
    open_or_403(access.survey_edit_refusal(request.user))
    return found


def results_or_404(request: HttpRequest, pk: int) -> SurveyRound:
    """A round whose results the visitor may see."""
    if not access.can_see_survey_results(request.user):
        raise Http404
    return round_or_404(request, pk)


def response_or_404(request: HttpRequest, pk: int, slug: str) -> SurveyResponse:
    """A response, if this visitor may see it; somebody else's is not there."""
    responses = access.visible_responses(request.user).select_related("round", "municipality")
    return get_object_or_404(responses, round=pk, municipality__slug=slug)


def response_to_judge(request: HttpRequest, pk: int, slug: str) -> SurveyResponse:
    """A response that the visitor may accept, return, or write about."""
    found = response_or_404(request, pk, slug)
    open_or_403(access.survey_edit_refusal(request.user))
    return found
