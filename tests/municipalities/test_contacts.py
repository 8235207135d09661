"""Contacts of a municipality: for the Union's people and the municipality's own, never public."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from municipalities.models import Contact, Municipality
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db

PAGE = "/municipalities/kostroma/"
ADD = f"{PAGE}contacts/add/"
SECRETS = ("С.Ю. Суханов", "314440", "suhanov@gorod.example", "Контакты")


def form(**changes: Any) -> dict[str, Any]:
    """A form as somebody sends it."""
    said = {"name": "С.Ю. Суханов", "position": "Глава", "phone": "+7 (4942) 314440, доб. 5"}
    return said | {"email": "Suhanov@Gorod.example", "version": 1} | changes


@pytest.fixture
def contact(kostroma: Municipality) -> Contact:
    return Contact.objects.create(
        municipality=kostroma, name="С.Ю. Суханов", phone="314440", email="suhanov@gorod.example"
    )


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


@pytest.mark.parametrize("persona", ["secretariat", "kostroma_official"])
def test_a_contact_is_added_and_seen(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, persona: str
) -> None:
    answer = client_for(request.getfixturevalue(persona)).post(ADD, form(), follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    for expected in ("Контакт добавлен", "+7 (4942) 314440, доб. 5", 'href="mailto:suhanov@gorod.example"'):
        assert expected in answer.content.decode()
    assert Contact.objects.get().municipality == kostroma


@pytest.mark.slow
def test_the_public_never_sees_one(
    client: Client, client_for: ClientFor, contact: Contact, arkhangelsk_official: User
) -> None:
    for visitor in (client, client_for(arkhangelsk_official)):
        for address in (PAGE, "/municipalities/", "/", "/municipalities/compare/", f"{PAGE}?as_of=2025-01-01"):
            page = visitor.get(address).content.decode()
            assert not any(secret in page for secret in SECRETS)
    assert b"suhanov" not in client.get("/municipalities/export.xlsx").content


def test_the_chair_reads_and_does_not_change(client_for: ClientFor, contact: Contact, chair: User) -> None:
    visitor = client_for(chair)
    page = visitor.get(PAGE).content.decode()
    assert "suhanov@gorod.example" in page
    assert ADD not in page
    for answer in (visitor.get(ADD), visitor.post(f"{PAGE}contacts/{contact.pk}/delete/")):
        assert answer.status_code == 403
        assert "Контакты ведут секретариат и представители" in answer.content.decode()


@pytest.mark.parametrize("end", ["add/", "{pk}/", "{pk}/delete/"])
def test_for_other_officials_there_is_nothing_there(
    client_for: ClientFor, contact: Contact, arkhangelsk_official: User, end: str
) -> None:
    assert (
        client_for(arkhangelsk_official).post(f"{PAGE}contacts/{end.format(pk=contact.pk)}", form()).status_code == 404
    )
    assert Contact.objects.get().version == 1


def test_a_contact_is_corrected_and_removed(official: Client, contact: Contact) -> None:
    address = f"{PAGE}contacts/{contact.pk}/"
    official.post(address, form(phone=""))
    contact.refresh_from_db()
    assert (contact.position, contact.phone, contact.version) == ("Глава", "", 2)
    assert official.post(address, form()).status_code == 409
    assert "Контакт убран: С.Ю. Суханов." in official.post(f"{address}delete/", follow=True).content.decode()
    assert not Contact.objects.exists()
    assert Contact.history.filter(history_type="-").get().history_user_name == "К.К. Костромин"  # type: ignore[attr-defined]  # a manager


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Обязательное поле"),
        ({"name": "Kотлас"}, "буква «K» – латинская"),
        ({"phone": "", "email": ""}, "Укажите телефон или электронную почту"),
        ({"phone": "позвоните"}, "Укажите телефон цифрами"),
        ({"phone": "12"}, "Укажите телефон цифрами"),
        ({"email": "не почта"}, "Введите правильный адрес"),
        ({"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_field_is_named_and_changes_nothing(
    official: Client, contact: Contact, changes: dict[str, Any], message: str
) -> None:
    for address in (ADD, f"{PAGE}contacts/{contact.pk}/"):
        answer = official.post(address, form(**changes))
        assert answer.status_code == 422
        assert message in answer.content.decode()
    assert list(Contact.objects.values_list("phone", "version")) == [("314440", 1)]


@pytest.mark.parametrize("phone", ["+7 (4942) 31-44-40", "8 800 555 35 35", "31-44-40 доб. 12", "314440; 314441"])
def test_phones_as_people_write_them(official: Client, kostroma: Municipality, phone: str) -> None:
    assert official.post(ADD, form(phone=phone)).status_code == 302


def test_a_contact_of_another_city_is_404(
    client_for: ClientFor, contact: Contact, arkhangelsk: Municipality, secretariat: User
) -> None:
    assert client_for(secretariat).get(f"/municipalities/arkhangelsk/contacts/{contact.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [("contact_named", {"name": ""}), ("contact_reachable", {"phone": "", "email": ""})],
)
def test_the_database_refuses(contact: Contact, constraint: str, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(**fields)
