"""Circulars go to the heads on record, of the day on which they are drafted; to others in general words."""

import datetime as dt

import pytest

from accounts.models import User
from municipalities.heads import change_head
from municipalities.models import HeadRecord, Municipality
from resolutions.correspondence.mailings import suggested_recipients
from tests.municipalities.factory import at

pytestmark = pytest.mark.django_db


def head(one: Municipality, on: str, **said: str) -> None:
    one.refresh_from_db()
    row = HeadRecord(municipality=one, happened_on=dt.date.fromisoformat(on), actor_name="Кто-то", **said)
    change_head(row, version=one.version)


def test_whom_a_circular_is_addressed_to(kostroma: Municipality, arkhangelsk: Municipality, secretariat: User) -> None:
    head(
        kostroma, "2026-01-10", dative="Главе города Костромы\nИ.И. Иванову", salutation="Уважаемый Иван Иванович!",
        address="156000, г. Кострома",
    )  # fmt: skip
    head(kostroma, "2026-06-01", dative="Главе города Костромы\nП.П. Петровой", salutation="Уважаемая Полина Петровна!")
    head(arkhangelsk, "2026-01-10", address="163000, г. Архангельск", email="office@arkhangelsk.example")
    with at("2026-03-01 12:00"):
        northern, first = suggested_recipients(None, "circular")
    with at("2026-06-01 12:00"):
        _, second = suggested_recipients(None, "circular")
    assert first.addressee == "Главе города Костромы\nИ.И. Иванову\n156000, г. Кострома"
    assert first.salutation == "Уважаемый Иван Иванович!"
    assert second.addressee == "Главе города Костромы\nП.П. Петровой\n156000, г. Кострома"
    assert second.salutation == "Уважаемая Полина Петровна!"
    assert northern.addressee == (
        "Главе муниципального образования\n«Архангельск»\nАрхангельская область\n"
        "163000, г. Архангельск\noffice@arkhangelsk.example"
    )
    assert northern.salutation == ""


def test_in_general_words_only_a_name_is_said_that_is_right_for_an_okrug_too(kostroma: Municipality) -> None:
    kostroma.name = "Городской округ «Город Кострома»"
    kostroma.save()
    [one] = suggested_recipients(None, "circular")
    expected = "Главе муниципального образования\n«Городской округ „Город Кострома“»\nКостромская область"
    assert one.addressee == expected


def test_queries_do_not_grow_with_the_members(
    kostroma: Municipality, arkhangelsk: Municipality, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]  # a fixture of pytest-django
        suggested_recipients(None, "circular")
