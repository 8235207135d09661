"""The pages of information exchange."""

from municipalities.surveys.views.answering import survey_answer, survey_form
from municipalities.surveys.views.letters import survey_letter, survey_letter_file, survey_letters
from municipalities.surveys.views.questions import (
    survey_question_add,
    survey_question_edit,
    survey_question_remove,
    survey_question_up,
)
from municipalities.surveys.views.responses import survey_accept, survey_response, survey_return
from municipalities.surveys.views.rounds import survey, survey_add, survey_edit, survey_step, surveys
from municipalities.surveys.views.summary import survey_answers, survey_summary, survey_summary_pdf, survey_summary_xlsx

__all__ = [
    "survey",
    "survey_accept",
    "survey_add",
    "survey_answer",
    "survey_answers",
    "survey_edit",
    "survey_form",
    "survey_letter",
    "survey_letter_file",
    "survey_letters",
    "survey_question_add",
    "survey_question_edit",
    "survey_question_remove",
    "survey_question_up",
    "survey_response",
    "survey_return",
    "survey_step",
    "survey_summary",
    "survey_summary_pdf",
    "survey_summary_xlsx",
    "surveys",
]
