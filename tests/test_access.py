"""One table of who may do what: every address of the portal, asked by five personas.

An address that is not in the table fails the test. A line is an address, a method and what each persona gets:
302 for a stranger at a closed page is the way to the login; 404 is what one may not see, 403 what one may not change;
422 and 302 for a POST without fields mean that the persona may send it, and only the fields are missing.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from documents.models import IssuedDocument
from municipalities.models import Contact, IndexScore, Municipality
from municipalities.practices.models import PracticeRequest
from municipalities.surveys.links import token_of
from resolutions.correspondence.appeal import draft_appeal
from resolutions.editor import blank_text
from resolutions.models import Attachment, Channel, Letter, LetterAction, Resolution
from resolutions.signing import sign
from resolutions.text import PointText
from tests.conftest import ClientFor
from tests.municipalities.factory import city, statement
from tests.municipalities.practices.factory import mark, practice, solution
from tests.municipalities.surveys.factory import a_round
from tests.municipalities.surveys.factory import question as survey_question
from tests.resolutions.factory import mailing, point_step, register, step, upload

Answers = tuple[int, int, int, int, int]


class Line(NamedTuple):
    """Who gets which answer at one address."""

    name: str
    args: tuple[object, ...]
    method: str
    stranger: int
    other_official: int
    own_official: int
    chair: int
    secretariat: int


def get(name: str, *args: object, answers: Answers) -> Line:
    return Line(name, args, "GET", *answers)


def post(name: str, *args: object, answers: Answers) -> Line:
    return Line(name, args, "POST", *answers)


#               stranger, official of another city, of this city, chair, secretariat
EVERYBODY = (200, 200, 200, 200, 200)
LOGGED_IN = (302, 200, 200, 200, 200)
STAFF = (302, 404, 404, 200, 200)
SECRETARIAT = (302, 403, 403, 403, 200)
NOBODY = (302, 403, 403, 403, 403)
NO_SUCH_METHOD = (405, 405, 405, 405, 405)
ONLY_POST = (302, 405, 405, 405, 405)
NO_PASSWORD_YET = (302, 403, 403, 403, 403)  # the personas have neither password nor second factor
NO_SECOND_FACTOR = (302, 404, 404, 404, 404)

TABLE = [
    get("overview", answers=EVERYBODY),
    post("overview", answers=NO_SUCH_METHOD),
    get("due", answers=LOGGED_IN),
    post("due", answers=ONLY_POST),
    get("calendar_address", answers=ONLY_POST),
    post("calendar_address", answers=(302, 302, 302, 302, 302)),
    get("calendar", "calendar", answers=EVERYBODY),
    get("calendar", "unknown", answers=(404, 404, 404, 404, 404)),
    post("calendar", "calendar", answers=NO_SUCH_METHOD),
    get("help", answers=EVERYBODY),
    get("healthz", answers=EVERYBODY),
    get("archive", answers=SECRETARIAT),
    get("archive_zip", answers=ONLY_POST),
    post("archive_zip", answers=SECRETARIAT),
    get("admin:index", answers=(302, 302, 302, 302, 302)),
    # Decisions
    get("resolutions", answers=EVERYBODY),
    get("resolution", "draft", answers=(404, 404, 404, 200, 200)),
    get("resolution", "adopted", answers=EVERYBODY),
    get("resolution", "signed", answers=EVERYBODY),
    get("resolution", "missing", answers=(404, 404, 404, 404, 404)),
    post("resolution", "adopted", answers=NO_SUCH_METHOD),
    get("resolution_add", answers=SECRETARIAT),
    post("resolution_add", answers=(302, 403, 403, 403, 422)),
    get("resolution_edit", "draft", answers=(302, 404, 404, 403, 200)),
    get("resolution_edit", "adopted", answers=NOBODY),
    get("resolution_edit", "signed", answers=NOBODY),
    post("resolution_edit", "draft", answers=(302, 404, 404, 403, 422)),
    post("resolution_edit", "signed", answers=NOBODY),
    get("resolution_history", "draft", answers=STAFF),
    get("resolution_history", "signed", answers=STAFF),
    get("resolution_adopt", "draft", answers=ONLY_POST),
    post("resolution_adopt", "draft", answers=(302, 404, 404, 403, 302)),
    post("resolution_adopt", "adopted", answers=NOBODY),
    get("resolution_reopen", "draft", answers=(302, 404, 404, 403, 403)),
    get("resolution_reopen", "adopted", answers=SECRETARIAT),
    post("resolution_reopen", "adopted", answers=(302, 403, 403, 403, 422)),
    post("resolution_reopen", "signed", answers=NOBODY),
    get("resolution_sign", "draft", answers=(302, 404, 404, 403, 403)),
    get("resolution_sign", "adopted", answers=(302, 403, 403, 200, 403)),
    post("resolution_sign", "adopted", answers=(302, 403, 403, 422, 403)),
    post("resolution_sign", "signed", answers=NOBODY),
    get("resolution_scan", "adopted", answers=NOBODY),
    get("resolution_scan", "signed", answers=SECRETARIAT),
    post("resolution_scan", "signed", answers=(302, 403, 403, 403, 422)),
    get("resolution_signature", "draft", answers=(302, 404, 404, 403, 403)),
    get("resolution_signature", "adopted", answers=NOBODY),
    get("resolution_signature", "signed", answers=(302, 403, 403, 200, 200)),
    post("resolution_signature", "signed", answers=(302, 403, 403, 422, 422)),
    get("decision_pdf", "draft", answers=(404, 404, 404, 200, 200)),
    get("decision_pdf", "adopted", answers=(404, 404, 404, 200, 200)),
    get("decision_pdf", "signed", answers=EVERYBODY),
    get("decision_docx", "draft", answers=(404, 404, 404, 200, 200)),
    get("decision_docx", "adopted", answers=(404, 404, 404, 200, 200)),
    get("decision_docx", "signed", answers=EVERYBODY),
    get("appeal_pdf", "adopted", answers=STAFF),
    get("appeal_pdf", "signed", answers=(302, 404, 404, 404, 404)),
    get("execution", "draft", answers=(404, 404, 404, 403, 403)),
    get("execution", "adopted", answers=EVERYBODY),
    get("execution", "signed", answers=EVERYBODY),
    post("execution", "adopted", answers=NO_SUCH_METHOD),
    get("execution_pdf", "draft", answers=(404, 404, 404, 403, 403)),
    get("execution_pdf", "adopted", answers=EVERYBODY),
    get("execution_docx", "draft", answers=(404, 404, 404, 403, 403)),
    get("execution_docx", "adopted", answers=EVERYBODY),
    get("execution_xlsx", "draft", answers=(404, 404, 404, 403, 403)),
    get("execution_xlsx", "adopted", answers=EVERYBODY),
    # Points
    get("point", "draft", 1, answers=(404, 404, 404, 200, 200)),
    get("point", "adopted", 1, answers=EVERYBODY),
    get("point_step", "adopted", 1, "note", answers=(302, 403, 403, 403, 200)),
    post("point_step", "adopted", 1, "note", answers=(302, 403, 403, 403, 422)),
    get("point_step", "adopted", 1, "close", answers=NOBODY),
    get("point_step", "adopted", 1, "vanish", answers=(302, 404, 404, 404, 404)),
    post("point_step", "draft", 1, "note", answers=(302, 404, 404, 403, 403)),
    get("point_void", "signed", 1, "entry", answers=SECRETARIAT),
    get("point_void", "adopted", 1, "entry", answers=(302, 404, 404, 404, 404)),
    post("point_void", "signed", 1, "entry", answers=(302, 403, 403, 403, 422)),
    get("mailing_add", "adopted", "gratitude", answers=(302, 403, 403, 403, 200)),
    post("mailing_add", "adopted", "circular", answers=(302, 403, 403, 403, 422)),
    get("mailing_add", "draft", "circular", answers=(302, 404, 404, 403, 403)),
    get("mailing_add", "adopted", "appeal", answers=(302, 404, 404, 404, 404)),
    get("point_appeal", "signed", 1, answers=ONLY_POST),
    post("point_appeal", "signed", 1, answers=(302, 403, 403, 403, 302)),
    post("point_appeal", "adopted", 1, answers=NOBODY),
    # Letters
    get("letters", answers=LOGGED_IN),
    get("letter", "unregistered", answers=STAFF),
    get("letter", "registered", answers=LOGGED_IN),
    get("letter_edit", "unregistered", answers=(302, 404, 404, 403, 200)),
    get("letter_edit", "registered", answers=SECRETARIAT),
    post("letter_edit", "registered", answers=(302, 403, 403, 403, 422)),
    get("letter_sign", "unregistered", answers=(302, 404, 404, 403, 403)),
    get("letter_sign", "registered", answers=(302, 403, 403, 200, 403)),
    post("letter_sign", "registered", answers=(302, 403, 403, 422, 403)),
    get("letter_scan", "unregistered", answers=(302, 404, 404, 403, 403)),
    get("letter_scan", "registered", answers=NOBODY),
    post("letter_scan", "registered", answers=NOBODY),
    get("letter_signature", "registered", answers=NOBODY),
    post("letter_signature", "registered", answers=NOBODY),
    get("letter_pdf", "unregistered", answers=STAFF),
    get("letter_pdf", "registered", answers=LOGGED_IN),
    get("letter_docx", "unregistered", answers=STAFF),
    get("letter_docx", "registered", answers=LOGGED_IN),
    get("letter_step", "unregistered", "register", answers=(302, 404, 404, 403, 200)),
    get("letter_step", "registered", "send", answers=SECRETARIAT),
    post("letter_step", "registered", "send", answers=(302, 403, 403, 403, 422)),
    get("letter_step", "registered", "deliver", answers=NOBODY),
    get("letter_void", "sent", "sending", answers=SECRETARIAT),
    get("letter_void", "sent", "registration", answers=NOBODY),
    get("letter_void", "registered", "sending", answers=(302, 404, 404, 404, 404)),
    post("letter_void", "sent", "sending", answers=(302, 403, 403, 403, 422)),
    get("letter_step", "registered", "answer", answers=(302, 404, 404, 404, 404)),
    get("letter_reply", "registered", answers=NOBODY),
    get("letter_reply", "sent", answers=SECRETARIAT),
    post("letter_reply", "sent", answers=(302, 403, 403, 403, 422)),
    get("letter_repeat", "sent", answers=ONLY_POST),
    post("letter_repeat", "registered", answers=NOBODY),
    post("letter_repeat", "sent", answers=(302, 403, 403, 403, 302)),
    get("letter_numbering", answers=SECRETARIAT),
    post("letter_numbering", answers=(302, 403, 403, 403, 422)),
    get("attachment", "attachment", answers=STAFF),
    get("mailing", "mailing", answers=STAFF),
    get("mailing_pdf", "mailing", answers=STAFF),
    get("mailing_zip", "mailing", answers=STAFF),
    get("mailing_sign", "mailing", answers=(302, 404, 404, 403, 403)),
    get("mailing_step", "mailing", "register", answers=(302, 404, 404, 403, 200)),
    post("mailing_step", "mailing", "register", answers=(302, 404, 404, 403, 422)),
    get("mailing_step", "mailing", "send", answers=(302, 404, 404, 403, 403)),
    get("mailing_step", "mailing", "annul", answers=(302, 404, 404, 404, 404)),
    # Municipalities
    get("municipalities", answers=EVERYBODY),
    get("municipalities_export", answers=EVERYBODY),
    get("municipality", "kostroma", answers=EVERYBODY),
    get("municipality", "unlisted", answers=(404, 404, 404, 200, 200)),
    get("municipality_add", answers=SECRETARIAT),
    post("municipality_add", answers=(302, 403, 403, 403, 422)),
    get("municipality_edit", "kostroma", answers=SECRETARIAT),
    post("municipality_edit", "kostroma", answers=(302, 403, 403, 403, 422)),
    get("municipality_listing", "kostroma", answers=SECRETARIAT),
    post("municipality_listing", "kostroma", answers=(302, 403, 403, 403, 422)),
    get("municipality_participation", "kostroma", answers=(302, 403, 200, 403, 200)),
    post("municipality_participation", "kostroma", answers=(302, 403, 422, 403, 422)),
    get("municipalities_compare", answers=EVERYBODY),
    get("municipality_participation_void", "kostroma", "statement", answers=SECRETARIAT),
    get("municipality_participation_void", "arkhangelsk", "statement", answers=(302, 404, 404, 404, 404)),
    post("municipality_participation_void", "kostroma", "statement", answers=(302, 403, 403, 403, 422)),
    get("municipality_confirm", "kostroma", answers=ONLY_POST),
    post("municipality_confirm", "kostroma", answers=(302, 403, 422, 403, 422)),
    get("municipality_index_add", "kostroma", answers=(302, 403, 200, 403, 200)),
    post("municipality_index_add", "kostroma", answers=(302, 403, 422, 403, 422)),
    get("municipality_index_edit", "kostroma", 2023, answers=(302, 403, 200, 403, 200)),
    post("municipality_index_edit", "kostroma", 2023, answers=(302, 403, 422, 403, 422)),
    get("municipality_index_delete", "kostroma", 2023, answers=ONLY_POST),
    post("municipality_index_delete", "kostroma", 2017, answers=(302, 403, 404, 403, 404)),
    get("municipality_contact_add", "kostroma", answers=(302, 404, 200, 403, 200)),
    post("municipality_contact_add", "kostroma", answers=(302, 404, 422, 403, 422)),
    get("municipality_contact_edit", "kostroma", "contact", answers=(302, 404, 200, 403, 200)),
    post("municipality_contact_edit", "kostroma", "contact", answers=(302, 404, 422, 403, 422)),
    get("municipality_contact_delete", "kostroma", "contact", answers=ONLY_POST),
    post("municipality_contact_delete", "kostroma", 10**6, answers=(302, 404, 404, 403, 404)),
    get("municipality_representatives", "kostroma", answers=SECRETARIAT),
    post("municipality_representatives", "kostroma", answers=(302, 403, 403, 403, 422)),
    get("municipality_representative_invite", "kostroma", answers=ONLY_POST),
    post("municipality_representative_invite", "kostroma", answers=(302, 403, 403, 403, 422)),
    get("municipality_representative_remove", "kostroma", 1, answers=ONLY_POST),
    post("municipality_representative_remove", "kostroma", 10**6, answers=(302, 403, 403, 403, 404)),
    get("solution_add", "kostroma", answers=(302, 403, 200, 403, 200)),
    post("solution_add", "kostroma", answers=(302, 403, 422, 403, 422)),
    get("solution_edit", "kostroma", "solution", answers=(302, 403, 200, 403, 200)),
    post("solution_edit", "kostroma", "solution", answers=(302, 403, 422, 403, 422)),
    get("solution_edit", "arkhangelsk", "solution", answers=(302, 404, 404, 404, 404)),
    get("solution_publication", "kostroma", "solution", answers=(302, 403, 200, 403, 200)),
    post("solution_publication", "kostroma", "solution", answers=(302, 403, 422, 403, 422)),
    # Practices of Кострома
    get("practices", answers=EVERYBODY),
    post("practices", answers=NO_SUCH_METHOD),
    get("practices_uptake", answers=EVERYBODY),
    get("practice", "practice", answers=EVERYBODY),
    get("practice", "withdrawn", answers=(404, 404, 200, 200, 200)),
    get("practice_add", answers=(302, 200, 200, 403, 200)),
    post("practice_add", answers=(302, 422, 422, 403, 422)),
    get("practice_edit", "practice", answers=(302, 403, 200, 403, 200)),
    get("practice_edit", "withdrawn", answers=(302, 404, 200, 403, 200)),
    post("practice_edit", "practice", answers=(302, 403, 422, 403, 422)),
    get("practice_publication", "practice", answers=(302, 403, 200, 403, 200)),
    post("practice_publication", "practice", answers=(302, 403, 422, 403, 422)),
    get("practice_adopt", "practice", answers=(302, 302, 403, 403, 200)),
    get("practice_adopt", "withdrawn", answers=(302, 404, 403, 403, 403)),
    get("practice_adoption", "practice", "arkhangelsk", answers=(302, 200, 403, 403, 200)),
    post("practice_adoption", "practice", "arkhangelsk", answers=(302, 422, 403, 403, 422)),
    get("practice_adoption", "practice", "kostroma", answers=NOBODY),
    get("practice_mark_void", "practice", "pskov", "mark", answers=SECRETARIAT),
    get("practice_mark_void", "practice", "arkhangelsk", "mark", answers=(302, 404, 404, 404, 404)),
    post("practice_mark_void", "practice", "pskov", "mark", answers=(302, 403, 403, 403, 422)),
    get("practice_adoption", "withdrawn", "arkhangelsk", answers=(302, 404, 403, 403, 403)),
    get("practice_ask", "practice", answers=(302, 200, 403, 403, 403)),
    post("practice_ask", "practice", answers=(302, 422, 403, 403, 403)),
    get("practice_requests", answers=LOGGED_IN),
    get("practice_request", "question", answers=LOGGED_IN),
    get("practice_request", "question_of_others", answers=(302, 404, 404, 200, 200)),
    post("practice_request", "question", answers=(302, 403, 422, 403, 422)),
    get("practice_request_mail", "question", answers=ONLY_POST),
    post("practice_request_mail", "question_of_others", answers=(302, 404, 404, 403, 302)),
    # Workbooks in
    get("municipalities_import", answers=SECRETARIAT),
    post("municipalities_import", answers=(302, 403, 403, 403, 422)),
    get("municipality_import", 10**6, answers=(302, 403, 403, 403, 404)),
    get("municipality_import_apply", 1, answers=ONLY_POST),
    post("municipality_import_apply", 10**6, answers=(302, 403, 403, 403, 404)),
    get("municipality_import_discard", 1, answers=ONLY_POST),
    post("municipality_import_discard", 10**6, answers=(302, 403, 403, 403, 404)),
    get("municipality_import_file", 10**6, 1, answers=(302, 403, 403, 403, 404)),
    get("municipality_import_errors", 10**6, 1, answers=(302, 403, 403, 403, 404)),
    get("municipality_questionnaire", "kostroma", answers=(302, 403, 200, 403, 200)),
    # Information exchange: Кострома is asked, the other city is not
    get("surveys", answers=LOGGED_IN),
    post("surveys", answers=ONLY_POST),
    get("survey_add", answers=SECRETARIAT),
    post("survey_add", answers=(302, 403, 403, 403, 422)),
    get("survey_form", "survey_token", answers=EVERYBODY),
    post("survey_form", "survey_token", answers=(422, 422, 422, 422, 422)),
    get("survey_form", "forged", answers=(404, 404, 404, 404, 404)),
    get("survey", "open_round", answers=(302, 404, 200, 200, 200)),
    get("survey", "draft_round", answers=STAFF),
    get("survey_edit", "open_round", answers=(302, 404, 403, 403, 200)),
    post("survey_edit", "open_round", answers=(302, 404, 403, 403, 422)),
    get("survey_step", "open_round", answers=ONLY_POST),
    post("survey_step", "open_round", answers=(302, 404, 403, 403, 403)),
    get("survey_question_add", "open_round", answers=(302, 404, 403, 403, 200)),
    post("survey_question_add", "open_round", answers=(302, 404, 403, 403, 422)),
    get("survey_question_edit", "open_round", "survey_question", answers=(302, 404, 403, 403, 200)),
    post("survey_question_edit", "open_round", "survey_question", answers=(302, 404, 403, 403, 422)),
    get("survey_question_up", "open_round", "survey_question", answers=ONLY_POST),
    post("survey_question_up", "open_round", "survey_question", answers=(302, 404, 403, 403, 302)),
    post("survey_question_remove", "open_round", 10**6, answers=(302, 404, 403, 403, 404)),
    get("survey_letters", "open_round", "reminder", answers=(302, 404, 403, 403, 200)),
    post("survey_letters", "open_round", "reminder", answers=(302, 404, 403, 403, 302)),
    get("survey_letters", "draft_round", "reminder", answers=(302, 404, 404, 403, 403)),
    get("survey_summary", "open_round", answers=STAFF),
    get("survey_summary_xlsx", "open_round", answers=STAFF),
    get("survey_summary_pdf", "open_round", answers=STAFF),
    get("survey_response", "open_round", "kostroma", answers=(302, 404, 200, 200, 200)),
    get("survey_response", "open_round", "arkhangelsk", answers=(302, 404, 404, 404, 404)),
    get("survey_answer", "open_round", "kostroma", answers=(302, 404, 200, 403, 403)),
    post("survey_answer", "open_round", "kostroma", answers=(302, 404, 422, 403, 403)),
    get("survey_accept", "open_round", "kostroma", answers=ONLY_POST),
    post("survey_accept", "open_round", "kostroma", answers=(302, 404, 403, 403, 403)),
    post("survey_return", "open_round", "kostroma", answers=(302, 404, 403, 403, 403)),
    post("survey_link", "open_round", "kostroma", answers=(302, 404, 403, 403, 422)),
    get("survey_letter", "open_round", "kostroma", "reminder", answers=(302, 404, 403, 403, 200)),
    post("survey_letter", "open_round", "kostroma", "reminder", answers=(302, 404, 403, 403, 403)),
    # Verification
    get("verify", answers=EVERYBODY),
    post("verify", answers=(422, 422, 422, 422, 422)),
    get("verify_code", "issued", answers=EVERYBODY),
    get("verify_code", "0000-0000-0000", answers=(404, 404, 404, 404, 404)),
    get("issued_document", "issued", answers=EVERYBODY),
    get("document_bundle", "issued", answers=EVERYBODY),
    get("document_copy", "issued", answers=(404, 404, 404, 404, 404)),  # nobody signed it electronically
    get("document_scan", "issued", 10**6, answers=(302, 404, 404, 404, 404)),
    get("document_withdraw", "issued", answers=(302, 403, 403, 200, 200)),
    post("document_withdraw", "issued", answers=(302, 403, 403, 422, 422)),
    get("document_withdraw", "7K2M-XQ9A-3FTR", answers=(302, 404, 404, 404, 404)),
    get("signature_file", "issued", 10**6, answers=(404, 404, 404, 404, 404)),
    get("authorities", answers=NOBODY),
    post("authorities", answers=NOBODY),
    get("authority_remove", 1, answers=ONLY_POST),
    post("authority_remove", 1, answers=NOBODY),
    # People
    get("profile", answers=LOGGED_IN),
    post("profile", answers=(302, 422, 422, 422, 422)),
    get("users", answers=SECRETARIAT),
    get("user", "chair", answers=SECRETARIAT),
    post("user", "chair", answers=(302, 403, 403, 403, 422)),
    get("user_invite", answers=SECRETARIAT),
    post("user_invite", answers=(302, 403, 403, 403, 422)),
    get("user_reinvite", "chair", answers=ONLY_POST),
    post("user_reinvite", "chair", answers=(302, 403, 403, 403, 302)),
    get("user_deactivate", "chair", answers=ONLY_POST),
    post("user_deactivate", "chair", answers=(302, 403, 403, 403, 302)),
    get("user_activate", "chair", answers=ONLY_POST),
    post("user_activate", "chair", answers=(302, 403, 403, 403, 302)),
    # Login and password: allauth's own pages
    get("account_login", answers=(200, 302, 302, 302, 302)),
    get("account_request_login_code", answers=(200, 302, 302, 302, 302)),
    get("account_confirm_login_code", answers=(302, 302, 302, 302, 302)),
    get("account_logout", answers=(302, 200, 200, 200, 200)),
    get("account_inactive", answers=EVERYBODY),
    get("account_reauthenticate", answers=NO_PASSWORD_YET),
    get("account_change_password", answers=(302, 302, 302, 302, 302)),
    get("account_set_password", answers=(302, 200, 200, 200, 200)),
    get("account_reset_password", answers=EVERYBODY),
    get("account_reset_password_done", answers=EVERYBODY),
    get("account_reset_password_from_key_done", answers=EVERYBODY),
    get("account_reset_password_from_key", "1", "wrong", answers=EVERYBODY),
    get("mfa_index", answers=LOGGED_IN),
    get("mfa_authenticate", answers=(302, 302, 302, 302, 302)),
    get("mfa_reauthenticate", answers=NO_PASSWORD_YET),
    get("mfa_activate_totp", answers=LOGGED_IN),
    get("mfa_deactivate_totp", answers=NO_SECOND_FACTOR),
    get("mfa_view_recovery_codes", answers=NO_SECOND_FACTOR),
    get("mfa_generate_recovery_codes", answers=LOGGED_IN),
    get("mfa_download_recovery_codes", answers=NO_SECOND_FACTOR),
]
PERSONAS = ("stranger", "other_official", "own_official", "chair", "secretariat")


def named_addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses; Django admin counts as one, it has its own permissions."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        elif pattern.namespace == "admin":
            yield "admin:index"
        else:
            yield from named_addresses(pattern.url_patterns)


def test_every_address_is_in_the_table() -> None:
    assert {line.name for line in TABLE} == set(named_addresses(get_resolver().url_patterns))


@pytest.fixture
def world(secretariat: User, chair: User, kostroma_official: User, arkhangelsk_official: User) -> dict[object, object]:
    """A decision in each state, letters, a municipality off the list; names in the table stand for their keys."""
    text = replace(
        blank_text("О деле", dt.date(2024, 6, 27), "г. Архангельск"),
        points=(PointText(1, "appeal", "Обратиться в Правительство с предложением помочь."),),
        signatory_name="Н.В. Корягина",
    )
    for slug in ("draft", "adopted", "signed"):
        resolution = Resolution.start(text, by=secretariat, slug=slug)
        if slug != "draft":
            resolution.adopt(version=1, by=secretariat)
        if slug == "signed":
            sign(resolution, version=2, by=chair)
    unregistered = draft_appeal(Resolution.objects.get(slug="adopted").points.get())
    unregistered.save()
    signed = Resolution.objects.get(slug="signed")
    registered, sent = (Letter.objects.create(kind="circular", resolution=signed, addressee="Всем") for _ in "12")
    register(registered, by=secretariat)
    register(sent, by=secretariat)
    step(sent, LetterAction.SEND, by=secretariat, channel=Channel.POST, files=[upload()])
    Municipality.objects.create(
        name="Unlisted", region="Область", federal_district="central", oktmo="99999999", is_listed=False
    )
    return {
        **experience(secretariat, arkhangelsk_official),
        **information_exchange(secretariat),
        **internals(),
        "entry": point_step(signed.points.get(), "note", by=secretariat).pk,
        "registration": sent.steps.get(action="register").pk,
        "sending": sent.steps.get(action="send").pk,
        "unregistered": unregistered.pk,
        "registered": registered.pk,
        "sent": sent.pk,
        "attachment": Attachment.objects.get().pk,
        "mailing": mailing(signed, by=secretariat).pk,
        "chair": chair.pk,
        "calendar": User.objects.create_user("feed@example.org", name="К", role="chair").new_calendar_key(),
        "issued": IssuedDocument.objects.get().verification_code,
        "own_official": kostroma_official,
        "other_official": arkhangelsk_official,
    }


def internals() -> dict[object, object]:
    """A statement, a result of the index and a contact of Кострома."""
    kostroma = Municipality.objects.get(slug="kostroma")
    IndexScore.objects.create(municipality=kostroma, year=2023, group="large", rank_at_most=10, source="Решение")
    return {
        "statement": statement(kostroma, "unknown").pk,
        "contact": Contact.objects.create(municipality=kostroma, name="С.Ю. Суханов", phone="314440").pk,
    }


def experience(secretariat: User, arkhangelsk_official: User) -> dict[object, object]:
    """A solution, a practice and a withdrawn one of Кострома; questions of Архангельск and of somebody else."""
    kostroma, arkhangelsk = (Municipality.objects.get(slug=slug) for slug in ("kostroma", "arkhangelsk"))
    shown, withdrawn = practice(kostroma), practice(kostroma, title="Снятая")
    withdrawn.set_published(False, by=secretariat, reason="Устарела.")
    others, third = city("Псков", 58701000), city("Шуя", 24711000)
    asked = PracticeRequest.ask(shown, arkhangelsk, question="Как?", by=arkhangelsk_official)
    between = PracticeRequest.ask(practice(third), others, question="Зачем?", by=secretariat)
    return {
        "solution": solution(kostroma).pk,
        "mark": mark(shown, others).records.get().pk,
        "practice": shown.pk,
        "withdrawn": withdrawn.pk,
        "question": asked.pk,
        "question_of_others": between.pk,
    }


def information_exchange(secretariat: User) -> dict[object, object]:
    """An open round and one in preparation, both for Кострома alone."""
    kostroma = Municipality.objects.get(slug="kostroma")
    survey = a_round(kostroma, opened_by=secretariat)
    return {
        "open_round": survey.pk,
        "draft_round": a_round(kostroma).pk,
        "survey_question": survey_question(survey).pk,
        "survey_token": token_of(survey.responses.get()),
    }


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_persona_gets_what_the_table_says(
    world: dict[object, object], client_for: ClientFor, request: pytest.FixtureRequest, persona: str
) -> None:
    user = world.get(persona) if "official" in persona else persona != "stranger" and request.getfixturevalue(persona)
    wrong = []
    for line in TABLE:
        visitor: Client = client_for(user or None)  # type: ignore[arg-type]  # a user or nobody
        address = reverse(line.name, args=[world.get(arg, arg) for arg in line.args])
        answer = visitor.generic(line.method, address)
        b"".join(getattr(answer, "streaming_content", ()))  # a file that is handed out stays open until it is read
        if answer.status_code != getattr(line, persona):
            wrong.append(f"{line.method} {address}: {answer.status_code}, the table says {getattr(line, persona)}")
    assert not wrong, "\n".join(wrong)
