"""Rounds of information exchange, their questions, and what the municipalities answer."""

from municipalities.surveys.models.answer import SurveyAnswer
from municipalities.surveys.models.delivery import LetterPurpose, SurveyDelivery
from municipalities.surveys.models.event import SurveyEvent
from municipalities.surveys.models.question import Question
from municipalities.surveys.models.response import SurveyResponse
from municipalities.surveys.models.round import RoundAction, RoundStatus, SurveyRefused, SurveyRound
from municipalities.surveys.models.steps import ResponseAction, ResponseState

__all__ = [
    "LetterPurpose",
    "Question",
    "ResponseAction",
    "ResponseState",
    "RoundAction",
    "RoundStatus",
    "SurveyAnswer",
    "SurveyDelivery",
    "SurveyEvent",
    "SurveyRefused",
    "SurveyResponse",
    "SurveyRound",
]
