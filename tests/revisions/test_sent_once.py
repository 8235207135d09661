"""A form that is sent twice does its work once, and the second answer shows what the first did."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.models.union import FROM_THE_SOURCE
from municipalities.models import Contact, Municipality, WorkbookImport
from resolutions.editor import blank_text
from resolutions.models import Resolution
from revisions.models import SentForm
from revisions.sent_once import new_token
from sgcszr_portal import jobs
from tests.conftest import ClientFor
from tests.mail import delivered
from tests.municipalities.imports.books import exported, upload
from tests.municipalities.surveys.factory import a_round, path_to, response_of
from tests.tasks import run_tasks

pytestmark = pytest.mark.django_db
ADD = "/resolutions/add/"


def draft(**changes: str) -> dict[str, Any]:
    said = {"title": "О городах", "discussed_on": "2024-06-27", "place": "г. Архангельск", "form_token": new_token()}
    return said | changes


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_a_page_carries_another_token_each_time(secretary: Client) -> None:
    tokens = {re.search(r'name="form_token" value="([\w-]{43})"', secretary.get(ADD).content.decode()) for _ in "12"}
    assert len({found[1] for found in tokens if found}) == 2


def test_the_same_form_twice_makes_one_record_and_shows_it(secretary: Client) -> None:
    sent = draft()
    first, second = (secretary.post(ADD, sent) for _ in "12")
    assert Resolution.objects.count() == 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert "Эта форма уже отправлена" in secretary.get(second.headers["Location"]).content.decode()


def test_two_forms_with_the_same_words_make_two_records(secretary: Client, kostroma: Municipality) -> None:
    page, said = (
        "/municipalities/kostroma/contacts/add/",
        {"name": "С.Ю. Суханов", "phone": "+7 4942 314440", "version": "1"},
    )
    for token in (new_token(), new_token()):
        secretary.post(page, {**said, "form_token": token})
    assert Contact.objects.count() == 2
    secretary.post(page, {**said, "form_token": token})
    assert Contact.objects.count() == 2


def test_a_form_that_was_changed_is_shown_and_not_lost(secretary: Client) -> None:
    sent = draft()
    first = secretary.post(ADD, sent)
    again = secretary.post(ADD, sent | {"title": "О сёлах & <весях>"})
    page = again.content.decode()
    assert (again.status_code, Resolution.objects.count()) == (409, 1)
    assert "О сёлах &amp; &lt;весях&gt;" in page and first.headers["Location"] in page
    assert '<input type="hidden" name="place" value="г. Архангельск">' in page
    token = re.findall(r'name="form_token" value="([\w-]{43})"', page)[-1]
    assert secretary.post(ADD, sent | {"title": "О сёлах", "form_token": token}).status_code == 302
    assert Resolution.objects.count() == 2


def test_a_refused_form_may_be_corrected_and_sent(secretary: Client) -> None:
    sent = draft(title="")
    assert secretary.post(ADD, sent).status_code == 422
    assert not SentForm.objects.exists()
    assert secretary.post(ADD, sent | {"title": "О городах"}).status_code == 302


def test_what_an_error_interrupts_is_undone_with_its_token(secretary: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    secretary.raise_request_exception = False
    sent = draft()
    with monkeypatch.context() as broken:
        broken.setattr("resolutions.views.resolution.redirect", lambda *where: 1 / 0)
        assert secretary.post(ADD, sent).status_code == 500
    assert not Resolution.objects.exists() and not SentForm.objects.exists()
    assert secretary.post(ADD, sent).status_code == 302


def test_somebody_else_has_tokens_of_their_own(client_for: ClientFor, secretary: Client) -> None:
    colleague = User.objects.create_user("b@example.org", name="Б.Б. Белова", role="secretariat")
    sent = draft()
    secretary.post(ADD, sent)
    client_for(colleague).post(ADD, sent)
    assert Resolution.objects.count() == 2


@pytest.mark.parametrize("token", ["", "короткий", "x" * 44, "x" * 42 + "/"])
def test_a_form_without_a_token_is_only_not_guarded(secretary: Client, token: str) -> None:
    for _ in "12":
        assert secretary.post(ADD, draft(form_token=token)).status_code == 302
    assert Resolution.objects.count() == 2 and not SentForm.objects.exists()


def test_a_letter_is_not_mailed_twice(secretary: Client) -> None:
    said = {"email": "new@example.org", "name": "Н.Н. Новая", "role": "municipal", "form_token": new_token()}
    first, second = (secretary.post("/accounts/users/invite/", said) for _ in "12")
    assert first.headers["Location"] == second.headers["Location"]
    assert User.objects.filter(email="new@example.org").count() == 1
    assert len(delivered()) == 1


def test_files_count_as_what_was_sent(secretary: Client) -> None:
    sent = {"workbooks": SimpleUploadedFile("a.xlsx", b"no workbook"), "form_token": new_token()}
    assert secretary.post("/municipalities/import/", sent).status_code == 422
    assert not SentForm.objects.exists()


def test_what_opens_a_page_without_a_password_is_not_kept(
    client: Client, secretariat: User, kostroma: Municipality
) -> None:
    url = path_to(response_of(a_round(kostroma, opened_by=secretariat), kostroma))
    sent = {"action": "draft", "version": "1", "form_token": new_token()}
    first, second = (client.post(url, sent) for _ in "12")
    assert (first.headers["Location"], second.headers["Location"]) == (url, url)
    assert not SentForm.objects.filter(answer__contains="form").exists()
    changed = client.post(url, sent | {"respondent": "Б.Б. Белова"})
    assert (changed.status_code, "no-store" in changed.headers["Cache-Control"]) == (409, True)
    assert f'href="{url}"' in changed.content.decode()


def test_tokens_are_forgotten_after_a_week() -> None:
    for age in (6, 8):
        SentForm.objects.create(key=str(age), digest="", answer="/", at=timezone.now() - dt.timedelta(days=age))
    jobs.clear_up.enqueue()
    run_tasks()
    assert [one.key for one in SentForm.objects.all()] == ["6"]


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_record(client_for: ClientFor, secretariat: User) -> None:
    sent, answers = draft(), []

    def send() -> None:
        try:
            answers.append(client_for(secretariat).post(ADD, sent).headers["Location"])
        finally:
            connection.close()

    twins = [threading.Thread(target=send) for _ in "1234"]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert Resolution.objects.count() == 1
    assert len(answers) == 4 and len(set(answers)) == 1


def test_the_same_words_from_a_form_fetched_anew_are_asked_about(secretary: Client) -> None:
    """«Назад» may fetch the form anew: another token, and the browser puts back what was typed."""
    sent = draft(form_typed="on")
    secretary.post(ADD, sent)
    again = secretary.post(ADD, sent | {"form_token": new_token()})
    assert (again.status_code, Resolution.objects.count()) == (409, 1)
    page = again.content.decode()
    assert "Слово в слово то же самое" in page and "form_typed" not in page.split("<main")[1]
    deliberate = {name: value for name, value in sent.items() if name != "form_typed"}
    assert secretary.post(ADD, deliberate | {"form_token": new_token()}).status_code == 302
    assert Resolution.objects.count() == 2


def test_the_same_words_are_no_mistake_after_an_hour(secretary: Client) -> None:
    sent = draft(form_typed="on")
    secretary.post(ADD, sent)
    SentForm.objects.update(at=timezone.now() - dt.timedelta(minutes=61))
    assert secretary.post(ADD, sent | {"form_token": new_token()}).status_code == 302


def test_a_form_of_one_field_says_that_it_is_typed(secretary: Client) -> None:
    assert '<input type="hidden" name="form_typed" value="on">' in secretary.get(ADD).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_at_the_end_leaves_no_open_transaction(
    client_for: ClientFor, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(secretariat)
    client.raise_request_exception = False

    def lost(*given: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(SentForm, "delete", lost)
    assert client.post(ADD, draft(title="")).status_code == 503
    assert not connection.in_atomic_block and not SentForm.objects.exists()


def test_a_file_may_be_sent_again_from_a_form_fetched_anew(secretary: Client, kostroma: Municipality) -> None:
    """Uploaded, cancelled, uploaded again: the page that asks could not keep the file, so nobody got past it."""
    book = exported()
    for _ in "12":
        sent = {"workbooks": upload(book), "form_token": new_token(), "form_typed": "on"}
        assert secretary.post("/municipalities/import/", sent).status_code == 302
    assert WorkbookImport.objects.count() == 2


def test_a_form_that_was_turned_back_may_be_sent_again(secretary: Client, secretariat: User) -> None:
    """A redirect that says why nothing was done leaves the form its token."""
    resolution = Resolution.start(blank_text("О деле", None, "", union=FROM_THE_SOURCE), by=secretariat)
    page, sent = f"/resolutions/{resolution.slug}/adopt/", {"version": 7, "form_token": new_token()}
    for _ in "12":
        refused = secretary.post(page, sent)
        assert (refused.status_code, refused.headers["Location"]) == (302, f"/resolutions/{resolution.slug}/")
        assert "изменился, пока страница была открыта" in secretary.get(refused.headers["Location"]).content.decode()
    assert not SentForm.objects.exists()


def test_codes_and_numbers_of_a_form_are_not_shown_as_words(secretary: Client, kostroma: Municipality) -> None:
    page = "/municipalities/kostroma/participation/"
    said = {"status": "planned", "effective_on": "2026-11-01", "basis": "Письмо № 5", "version": "1", "comment": ""}
    sent = said | {"form_token": new_token()}
    assert secretary.post(page, sent).status_code == 302
    shown = secretary.post(page, sent | {"basis": "Письмо № 6"}).content.decode()
    assert "<li>Письмо № 6</li>" in shown and "<li>planned</li>" not in shown and "<li>1</li>" not in shown
