"""`/letters/` and one letter: as a page, as a form, as a PDF."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from resolutions.models import Letter, Resolution
from revisions.history import record_changes
from tests.conftest import ClientFor
from tests.resolutions.factory import letter as draft
from tests.resolutions.factory import register, send
from tests.resolutions.pdf import words_of

pytestmark = pytest.mark.slow

FIELDS = (
    "addressee",
    "heading",
    "salutation",
    "body",
    "signatory_position",
    "signatory_name",
    "executor",
    "reply_days",
)


def post(client: Client, letter: Letter, **changes: Any) -> Any:
    data = {name: getattr(letter, name) for name in FIELDS} | {"version": letter.version}
    return client.post(reverse("letter_edit", args=[letter.pk]), data | changes)


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_the_letter_is_edited_and_the_edit_is_remembered(client: Client, appeal: Letter, secretariat: User) -> None:
    assert post(client, appeal, salutation="Уважаемые члены Правительства!").status_code == 302
    stored = Letter.objects.get(pk=appeal.pk)
    assert stored.salutation == "Уважаемые члены Правительства!"
    latest = record_changes(stored, ["salutation"])[0]
    assert (latest.by, latest.fields[0].after) == (secretariat.name, "Уважаемые члены Правительства!")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reply_days": "0"}, "больше либо равно 1"),
        ({"reply_days": "скоро"}, "целое число"),
        ({"addressee": ""}, "Обязательное поле"),
        ({"body": "Kотлас"}, "буква «K» – латинская"),
        ({"signatory_name": "К" * 151}, "не более 150"),
        ({"version": "x"}, "целое число"),
    ],
)
def test_bad_input_is_explained_and_changes_nothing(
    client: Client, appeal: Letter, changes: dict[str, str], sentence: str
) -> None:
    response = post(client, appeal, **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Letter.objects.get(pk=appeal.pk).version == appeal.version


def test_a_circular_that_asks_for_an_answer_says_of_whom(client: Client, adopted: Resolution) -> None:
    circular = draft(adopted, signatory_position="Председатель", signatory_name="Н.В. Корягина")
    refused = post(client, circular, correspondent_name="")
    assert (refused.status_code, "Укажите, кто должен ответить" in refused.content.decode()) == (422, True)
    assert post(client, circular, correspondent_name="", reply_days="").status_code == 302
    circular.refresh_from_db()
    assert circular.correspondent is None


def test_a_letter_that_left_is_not_edited(
    client: Client, appeal: Letter, seeded: Resolution, secretariat: User
) -> None:
    seeded.adopt(version=seeded.version, by=secretariat)
    send(appeal, by=secretariat)
    response = post(client, appeal, heading="О другом")
    assert response.status_code == 403
    assert "текст больше не меняется" in response.content.decode()


def test_the_second_writer_sees_both_texts(client: Client, appeal: Letter) -> None:
    post(client, appeal, heading="О первом")
    response = post(client, appeal, heading="О втором")
    page = response.content.decode()
    assert response.status_code == 409
    assert "О первом" in page
    assert "О втором" in page
    assert Letter.objects.get(pk=appeal.pk).heading == "О первом"


def test_the_pdf_is_marked_until_the_letter_is_registered(
    client: Client, appeal: Letter, seeded: Resolution, secretariat: User
) -> None:
    seeded.adopt(version=seeded.version, by=secretariat)
    address = reverse("appeal_pdf", args=[appeal.resolution.slug])
    assert "Проект" in words_of(client.get(address).content)
    register(appeal, by=secretariat, number="12-01")
    words = words_of(client.get(address).content)
    assert "Проект" not in words
    assert "12-01" in words


def test_a_draft_is_printed_with_what_no_font_has(client: Client, appeal: Letter) -> None:
    post(client, appeal, body="Просим выделить 100 ₽ 🚀.")
    words = " ".join(words_of(client.get(reverse("letter_pdf", args=[appeal.pk])).content))
    assert "100 ₽ �." in words
    assert words.endswith("«�»: U+1F680.")


def test_drafts_of_letters_are_for_staff(client_for: ClientFor, kostroma_official: User, appeal: Letter) -> None:
    visitor = client_for(kostroma_official)
    assert visitor.get(appeal.get_absolute_url()).status_code == 404
    assert visitor.get(reverse("letter_pdf", args=[appeal.pk])).status_code == 404


def test_registered_letters_of_an_adopted_decision_are_readable(
    client: Client,
    client_for: ClientFor,
    kostroma_official: User,
    seeded: Resolution,
    secretariat: User,
    appeal: Letter,
) -> None:
    seeded.adopt(version=seeded.version, by=secretariat)
    register(appeal, by=secretariat)
    visitor = client_for(kostroma_official)
    assert visitor.get(appeal.get_absolute_url()).status_code == 200
    assert post(visitor, appeal).status_code == 403
    assert client_for(None).get(appeal.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_register_takes_the_same_number_of_queries(
    client: Client, seeded: Resolution, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        Letter.objects.create(
            kind="circular", resolution=seeded, addressee=f"Городу {number}", body="Текст", heading="О деле"
        )
    client.get(reverse("letters"))
    with django_assert_num_queries(6):
        client.get(reverse("letters"))
