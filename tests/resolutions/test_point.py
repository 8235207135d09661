"""`/resolutions/<slug>/points/<n>/`: the control card, and its steps."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.uploads import ATTACHMENT
from resolutions import uploads
from resolutions.models import Attachment, DecisionPoint, Letter, PointState, ProgressEntry, Resolution, StepRefused
from revisions.append_only import AppendOnlyViolation
from revisions.sent_once import new_token
from tests.conftest import ClientFor
from tests.resolutions.factory import PDF, instruct, point_step, register

pytestmark = pytest.mark.slow


def step_url(point: DecisionPoint, action: str) -> str:
    return reverse("point_step", args=[point.resolution.slug, point.number, action])


def post(client: Client, point: DecisionPoint, action: str = "start", **changes: Any) -> Any:
    data = {"text": "Сделано.", "happened_on": "2024-07-01", "version": point.version, "result": "achieved"}
    data["behalf_ground"] = "по устному поручению"
    return client.post(step_url(point, action), data | changes)


WHO = {"responsible": "body:secretariat", "controller": "body:chair"}
PEOPLE = ("Секретариат Союза", "Председатель Союза")


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_the_public_reads_what_was_done_but_not_who_wrote_it(
    client: Client, client_for: ClientFor, secretariat: User, point: DecisionPoint
) -> None:
    post(client, point, text="Разослано членам Союза.")
    page = client_for(None).get(point.get_absolute_url()).content.decode()
    assert "Разослано членам Союза." in page
    assert secretariat.name not in page


def test_a_step_moves_the_state_and_keeps_both(client: Client, point: DecisionPoint, secretariat: User) -> None:
    assert post(client, point).status_code == 302
    entry = ProgressEntry.objects.get()
    assert (entry.action, entry.actor, entry.actor_name) == ("start", secretariat, secretariat.name)
    assert DecisionPoint.objects.get(pk=point.pk).state == PointState.IN_PROGRESS


def test_an_instruction_names_people_and_counts_the_deadline(client: Client, point: DecisionPoint) -> None:
    answer = WHO | {"term_days": "10", "term_unit": "working"}
    assert post(client, point, "instruct", text="", warn_days="7", **answer).status_code == 302
    card = DecisionPoint.objects.get(pk=point.pk)
    assert (str(card.responsible), str(card.controller), card.warn_days) == (*PEOPLE, 7)
    assert card.due_on == dt.date(2024, 7, 11)  # ten working days after Thursday, 27 June 2024
    assert "11" in ProgressEntry.objects.get().text


def test_a_deadline_that_stands_is_changed_with_a_reason(client: Client, point: DecisionPoint) -> None:
    given = WHO | {"due_on": "2024-12-27", "warn_days": "14", "term_unit": "calendar"}
    post(client, point, "instruct", **given)
    point.refresh_from_db()
    form = client.get(step_url(point, "instruct")).content.decode()
    assert 'name="due_on"' not in form
    extended = {"due_on": "2025-03-01", "term_unit": "calendar"}
    assert post(client, point, "extend", text="", **extended).status_code == 422
    assert post(client, point, "extend", text="Министерство просит ещё месяц.", **extended).status_code == 302
    entry = ProgressEntry.objects.first()
    assert entry is not None
    assert (entry.responsible, entry.due_on) == (None, dt.date(2025, 3, 1))
    assert "27 декабря 2024 г. → 1 марта 2025 г." in client.get(point.get_absolute_url()).content.decode().replace(
        "\xa0", " "
    )


def test_the_same_deadline_is_no_change_and_without_one_there_is_nothing_to_change(
    client: Client, point: DecisionPoint
) -> None:
    changed = {"due_on": "2024-12-27", "term_unit": "calendar"}
    response = post(client, point, "extend", **changed)
    assert response.status_code == 422
    assert "Срок ещё не установлен" in response.content.decode()
    post(client, point, "instruct", warn_days="14", **WHO | changed)
    point.refresh_from_db()
    response = post(client, point, "extend", **changed)
    assert response.status_code == 422
    assert "Это прежний срок" in response.content.decode()


def test_another_file_of_the_same_name_and_size_is_not_taken_for_the_first(
    client: Client, point: DecisionPoint
) -> None:
    token, scans = new_token(), (b"%PDF-1.7 page 1", b"%PDF-1.7 page 2")
    answers = [
        post(client, point, form_token=token, attachments=[SimpleUploadedFile("Скан.pdf", scan)]) for scan in scans
    ]
    assert [answer.status_code for answer in answers] == [302, 409]
    with Attachment.objects.get().file.open() as kept:
        assert kept.read() == scans[0]


def test_files_go_with_the_entry_and_only_staff_download_them(
    client: Client, client_for: ClientFor, kostroma_official: User, point: DecisionPoint
) -> None:
    files = [SimpleUploadedFile("Протокол.pdf", PDF), SimpleUploadedFile("Фото.png", b"\x89PNG\r\n\x1a\n...")]
    assert post(client, point, attachments=files).status_code == 302
    names = list(ProgressEntry.objects.get().files.values_list("name", flat=True))
    assert names == ["Протокол.pdf", "Фото.png"]
    address = Attachment.objects.get(name="Протокол.pdf").get_absolute_url()
    assert b"".join(client.get(address).streaming_content) == PDF  # type: ignore[attr-defined]  # a file response
    assert client_for(kostroma_official).get(address).status_code == 404
    assert "Протокол.pdf" not in client_for(None).get(point.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("Пусто.pdf", b"", "пуст"),
        ("Вирус.exe", b"MZ", "не подходит"),
        ("Не скан.pdf", b"<html>", "не подходит"),
        ("Без окончания", PDF, "не подходит"),
    ],
)
def test_a_file_that_is_not_let_in_is_named(
    client: Client, point: DecisionPoint, name: str, content: bytes, sentence: str
) -> None:
    response = post(
        client, point, attachments=[SimpleUploadedFile("Хорош.pdf", PDF), SimpleUploadedFile(name, content)]
    )
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ProgressEntry.objects.exists()
    assert not Attachment.objects.exists()


def test_a_file_that_is_too_large_is_named(
    client: Client, point: DecisionPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "ATTACHMENT", replace(ATTACHMENT, largest=len(PDF)))
    assert post(client, point, attachments=[SimpleUploadedFile("Впору.pdf", PDF)]).status_code == 302
    point.refresh_from_db()
    response = post(client, point, "note", attachments=[SimpleUploadedFile("Велик.pdf", PDF + b"!")])
    assert response.status_code == 422
    assert "«Велик.pdf» больше 20 МБ" in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Обязательное поле"),
        ({"text": "Kотлас"}, "буква «K» – латинская"),
        ({"text": "о" * 5001}, "не более 5000"),
        ({"happened_on": "2024-06-26"}, "раньше даты решения"),
        ({"happened_on": "давно"}, "правильную дату"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_bad_entries_are_explained_and_not_kept(
    client: Client, point: DecisionPoint, changes: dict[str, str], sentence: str
) -> None:
    response = post(client, point, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ProgressEntry.objects.exists()


def test_what_is_dated_tomorrow_is_not_kept(client: Client, point: DecisionPoint) -> None:
    response = post(client, point, happened_on=(timezone.localdate() + dt.timedelta(days=1)).isoformat())
    assert response.status_code == 422
    assert "не может быть в будущем" in response.content.decode()
    assert not ProgressEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"due_on": "2024-06-01"}, "раньше дня самого шага"),
        ({"due_on": "2024-12-01", "term_days": "5"}, "что-то одно"),
        ({"due_on": "9999-12-31"}, "Проверьте год"),
        ({"term_days": "0"}, "больше либо равно 1"),
        ({"term_days": "100000"}, "меньше либо равно 1000"),
        ({"term_days": "5", "term_unit": "lunar"}, "корректный вариант"),
        ({"warn_days": "400"}, "меньше либо равно 365"),
        ({"responsible": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_instruction_is_explained(
    client: Client, point: DecisionPoint, changes: dict[str, str], sentence: str
) -> None:
    data = WHO | {"warn_days": "14", "term_unit": "calendar"}
    response = post(client, point, "instruct", **data | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ProgressEntry.objects.exists()


def test_no_term_is_counted_past_the_last_year_of_deadlines(
    client: Client, point: DecisionPoint, secretariat: User
) -> None:
    instruct(point, by=secretariat, due_on=dt.date(2100, 12, 31))
    response = post(client, point, "extend", term_days="1", term_unit="calendar")
    assert response.status_code == 422
    assert "Проверьте год" in response.content.decode()


def test_a_step_is_not_dated_before_what_makes_it_possible_but_a_note_is(
    client: Client, point: DecisionPoint, secretariat: User
) -> None:
    point_step(point, "start", by=secretariat, on=dt.date(2024, 7, 10))
    response = post(client, point, "report", happened_on="2024-07-09")
    assert response.status_code == 422
    assert "На 9\xa0июля\xa02024\xa0г.: доложить можно" in response.content.decode()
    assert post(client, point, "note", happened_on="2024-07-02").status_code == 302


def test_a_note_holds_back_no_step(client: Client, point: DecisionPoint, secretariat: User) -> None:
    point_step(point, "note", by=secretariat, on=dt.date(2024, 7, 20))
    assert post(client, point, "start", happened_on="2024-07-10").status_code == 302


def test_nor_does_a_note_hold_back_the_closing(point: DecisionPoint, secretariat: User) -> None:
    for action, day in (("start", 10), ("report", 12), ("note", 20), ("close", 15)):
        point_step(point, action, by=secretariat, on=dt.date(2024, 7, day))
    assert (point.state, point.progress.in_force()[0].action) == ("closed", "note")


def test_the_second_writer_sees_the_first_entry_and_keeps_their_own(client: Client, point: DecisionPoint) -> None:
    post(client, point, "note", text="Первая запись.")
    response = post(client, point, "note", text="Вторая запись.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Первая запись." in page
    assert "Вторая запись." in page
    assert ProgressEntry.objects.count() == 1


def test_the_card_says_why_a_step_is_not_open(client: Client, point: DecisionPoint) -> None:
    page = client.get(point.get_absolute_url()).content.decode()
    assert step_url(point, "start") in page
    assert f'<a class="button" href="{step_url(point, "close")}"' not in page
    assert "Снять с контроля можно пункт, об исполнении которого доложено." in page


def test_nothing_is_recorded_about_a_draft(client: Client, draft: Resolution) -> None:
    response = post(client, draft.points.get(number=1))
    assert response.status_code == 403
    assert "исполнять пока нечего" in response.content.decode()


def test_entries_are_neither_changed_nor_deleted(client: Client, point: DecisionPoint) -> None:
    post(client, point)
    entry = ProgressEntry.objects.get()
    entry.text = "Иначе."
    for forbidden in (entry.save, entry.delete):
        with pytest.raises(AppendOnlyViolation):
            forbidden()


@pytest.mark.parametrize("number", [0, 4, 10**30])
def test_there_is_no_such_point(client: Client, adopted: Resolution, number: int) -> None:
    assert client.get(reverse("point", args=[adopted.slug, number])).status_code == 404


def test_an_appeal_is_drafted_once(client: Client, adopted: Resolution) -> None:
    address = reverse("point_appeal", args=[adopted.slug, 2])
    letter_page = client.post(address, follow=True).content.decode()
    assert "Просим рассмотреть вопрос о поддержке." in letter_page
    assert client.post(address).status_code == 403
    assert Letter.objects.count() == 1


def test_a_second_appeal_is_drafted_once_the_first_is_registered_and_asks_nothing_by_itself(
    client: Client, adopted: Resolution, secretariat: User
) -> None:
    address = reverse("point_appeal", args=[adopted.slug, 2])
    client.post(address)
    first = Letter.objects.get()
    assert (first.new_asks, str(first.correspondent)) == ("рассмотреть вопрос о поддержке", "Министерство")
    register(first, by=secretariat)
    assert client.post(address).status_code == 302
    second = Letter.objects.exclude(pk=first.pk).get()
    assert (second.new_asks, second.correspondent) == ("", None)
    with pytest.raises(StepRefused, match="хотя бы одну просьбу"):
        register(second, by=secretariat)


def test_an_appeal_whose_addressee_cannot_be_read_is_drafted_without_one(client: Client, adopted: Resolution) -> None:
    adopted.points.filter(number=2).update(text="Просить о поддержке.")
    card = reverse("point", args=[adopted.slug, 2])
    assert client.post(f"{card}appeal/").status_code == 302
    assert "Обращение: адресат не указан" in client.get(card).content.decode()


def test_other_points_order_no_appeal(client: Client, adopted: Resolution) -> None:
    response = client.post(reverse("point_appeal", args=[adopted.slug, 1]))
    assert response.status_code == 403
    assert "не поручает" in response.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_a_long_card_takes_the_same_number_of_queries(
    client: Client,
    point: DecisionPoint,
    secretariat: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        point_step(point, "note", by=secretariat)
    client.get(point.get_absolute_url())
    with django_assert_num_queries(15):
        client.get(point.get_absolute_url())


def test_whoever_accepts_a_result_accepts_its_reason(point: DecisionPoint, secretariat: User) -> None:
    for action in ("start", "report", "close"):
        reason = "Не всё." if action == "report" else ""
        point_step(point, action, by=secretariat, result="partly", reason=reason)
    assert (point.state, point.result, point.result_reason) == ("closed", "partly", "Не всё.")
