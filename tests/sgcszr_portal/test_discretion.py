"""Logs hold no key that opens something without a password."""

import logging

import pytest
from django.test import Client

from sgcszr_portal.discretion import WithoutKeys, without_keys

KEY = "WzEsIlRad3JFM2xmZFlQb3hqRTgiXQ:bBBnSkJMPNSQfkLS43hr"


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        (f"/surveys/form/{KEY}/", "/surveys/form/…/"),
        (f"/surveys/form/{KEY}/)", "/surveys/form/…/)"),  # copied with the bracket behind it
        (f"/due/calendar/{KEY}.ics", "/due/calendar/….ics"),
        ("/accounts/password/reset/key/1-d3nizk-cbcc95/", "/accounts/password/reset/key/1-…/"),
        ("/municipalities/kostroma/", "/municipalities/kostroma/"),
        ("/nowhere/at/all", "/nowhere/at/all"),
        (f"Not Found: {KEY}", f"Not Found: {KEY}"),
        (5, 5),
    ],
)
def test_an_address_is_logged_without_its_key(address: object, logged: object) -> None:
    assert without_keys(address) == logged


def test_the_portal_logs_through_it() -> None:
    handlers = [handler for handler in logging.getLogger("django").handlers if handler.get_name() == "console"]
    assert [type(one) for handler in handlers for one in handler.filters] == [WithoutKeys]


@pytest.mark.django_db
def test_a_refused_link_is_logged_without_its_key(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.filtering(WithoutKeys()):
        Client().get(f"/surveys/form/{KEY}/")
    assert caplog.messages == ["Not Found: /surveys/form/…/"]


@pytest.mark.parametrize("name", ["portal", "django.request"])
def test_only_what_django_says_of_requests_is_read(name: str) -> None:
    record = logging.LogRecord(name, logging.INFO, "", 1, "%s", (f"/surveys/form/{KEY}/",), None)
    assert WithoutKeys().filter(record)
    assert (KEY in record.getMessage()) == (name == "portal")
