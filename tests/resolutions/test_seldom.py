"""What seldom happens to letters and points, and how the rows of the room are called."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from accounts.models import User
from resolutions.execution.printed import sections_of
from resolutions.execution.report import report_on
from resolutions.forms.fields import MAX_FILES
from resolutions.models import DecisionPoint, Letter, LetterAction, NumberSeries, Resolution, StepRefused
from resolutions.papers import write_decision
from resolutions.text import ResolutionText
from russian.typography import typeset
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, instruct, letter, mailing, point_step, register, send, step, upload


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def sent(adopted: Resolution, secretariat: User) -> Letter:
    found = letter(adopted, heading="О деле", reply_days=30)
    send(found, by=secretariat)
    return found


def test_a_filter_that_makes_no_sense_finds_nothing(client: Client, sent: Letter) -> None:
    assert "О деле" in client.get(reverse("letters"), {"kind": "circular"}).content.decode()
    answer = client.get(reverse("letters"), {"kind": "telegram"})
    assert answer.status_code == 422
    assert "О деле" not in answer.content.decode()


def test_the_technical_administrator_has_no_register(client_for: ClientFor, db: None) -> None:
    administrator = User.objects.create_user("root@example.org", name="Т.Т. Техник", role="", is_superuser=True)
    answer = client_for(administrator).get(reverse("letters"))
    assert answer.status_code == 403
    assert "Реестр писем ведёт секретариат Союза." in answer.content.decode()


def test_an_annulled_letter_is_not_edited(client: Client, adopted: Resolution, secretariat: User) -> None:
    found = letter(adopted, heading="О деле")
    register(found, by=secretariat)
    step(found, "annul", by=secretariat, text="Лишнее.")
    answer = client.get(reverse("letter_edit", args=[found.pk]))
    assert answer.status_code == 403
    assert "Письмо аннулировано: его текст больше не меняется." in answer.content.decode()


def test_of_a_mailing_of_annulled_letters_nothing_is_printed(
    client: Client, adopted: Resolution, secretariat: User
) -> None:
    made = mailing(adopted, by=secretariat)
    for one in made.letters.all():
        register(one, by=secretariat)
        step(one, "annul", by=secretariat, text="Лишнее.")
    names = ("mailing_pdf", "mailing_zip")
    assert [client.get(reverse(name, args=[made.pk])).status_code for name in names] == [404, 404]


def test_an_answer_is_not_awaited_until_a_day_that_has_passed(client: Client, sent: Letter) -> None:
    sent.refresh_from_db()
    data = {"happened_on": "2024-07-10", "due_on": "2024-07-09", "text": "Просили", "version": sent.version}
    answer = client.post(reverse("letter_step", args=[sent.pk, "extend"]), data)
    assert answer.status_code == 422
    assert "Новый срок не может быть раньше дня, когда он установлен." in answer.content.decode()
    assert (
        client.post(reverse("letter_step", args=[sent.pk, "extend"]), data | {"due_on": "2024-07-11"}).status_code
        == 302
    )


def test_a_step_is_placed_before_one_of_its_own_day_alone(sent: Letter, secretariat: User) -> None:
    earlier = sent.steps.get(action="send")
    with pytest.raises(StepRefused, match="только раньше другой записи того же дня"):
        step(sent, LetterAction.NOTE, by=secretariat, on=DAY + dt.timedelta(days=1), text="Звонили.", before=earlier)
    assert sent.steps.count() == 2


def test_a_deadline_is_put_off_to_a_day(client: Client, point: DecisionPoint, secretariat: User) -> None:
    instruct(point, by=secretariat, due_on=dt.date(2024, 9, 1))
    url = reverse("point_step", args=[point.resolution.slug, point.number, "extend"])
    data = {"happened_on": "2024-07-06", "text": "Просили", "version": point.version, "term_unit": "calendar"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert "Укажите новый срок." in answer.content.decode()
    assert client.post(url, data | {"due_on": "2024-10-01", "behalf_ground": "по телефону"}).status_code == 302


def test_more_than_ten_files_at_once_are_too_many(client: Client, point: DecisionPoint) -> None:
    files = [SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.7") for number in range(MAX_FILES + 1)]
    data = {"happened_on": "2024-07-06", "text": "Сделано.", "version": point.version}
    url = reverse("point_step", args=[point.resolution.slug, point.number, "start"])
    answer = client.post(url, {**data, "attachments": files})
    assert answer.status_code == 422
    assert f"За один раз можно приложить не больше {MAX_FILES} файлов." in answer.content.decode()
    assert not point.progress.exists()


def test_the_executor_stands_on_the_letter_in_word(client: Client, adopted: Resolution) -> None:
    found = letter(adopted, executor="С.С. Секретарёва\n+7 000 000-00-00")
    content = client.get(reverse("letter_docx", args=[found.pk])).content
    assert Document(BytesIO(content)).paragraphs[-1].text == typeset(found.executor)


def test_what_a_decision_leaves_out_leaves_no_gap_in_word(text: ResolutionText) -> None:
    lines = [
        [one.text for one in Document(BytesIO(write_decision(one, is_draft=False))).paragraphs]
        for one in (text, replace(text, hearing=""))
    ]
    assert text.hearing
    assert lines[1] == [line for line in lines[0] if line != typeset(text.hearing)]


def test_rows_are_called_as_people_know_them(
    adopted: Resolution, point: DecisionPoint, sent: Letter, secretariat: User
) -> None:
    entry = point_step(point, "start", by=secretariat, text="Разослано членам Союза.", files=[upload("Скан.pdf")])
    assert str(entry) == f"{point}: Разослано членам Союза."
    assert str(entry.files.get()) == "Скан.pdf"
    assert str(sent.steps.get(action="send")) == "Отправлено, 05.07.2024"
    assert str(NumberSeries.objects.get()) == "Исходящие 2024 г."
    assert str(adopted.paragraphs.get(number=1)) == "1. Первый абзац."
    assert str(adopted.versions.get(number=1)) == f"{adopted}, версия 1"


@pytest.mark.parametrize("known_on", [None, dt.date(2024, 10, 1)])
def test_a_report_says_up_to_which_day_it_was_known(adopted: Resolution, known_on: dt.date | None) -> None:
    report = report_on(adopted, dt.date(2024, 10, 1), known_on=known_on, with_letters=False)
    said = "Учтено только то, что внесено в портал не позднее 1\u00a0октября\u00a02024\u00a0г."
    assert (said in sections_of(report)[0].paragraphs) == (known_on is not None)
