"""Links inside a basis: what becomes one, and what stays text."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from municipalities.links import pieces
from municipalities.models import Municipality
from tests.municipalities.factory import statement


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("Постановление № 5", []),
        ("https://gorod.example/doc", ["https://gorod.example/doc"]),
        ("Письмо (https://gorod.example/a).", ["https://gorod.example/a"]),
        ("http://gorod.example/a_(b), и ещё", ["http://gorod.example/a_(b)"]),
        ("http://a.example; https://город.рф/док", ["http://a.example", "https://город.рф/док"]),
        ("«https://gorod.example»", ["https://gorod.example"]),
        ("javascript:alert(1)", []),
        ("ftp://gorod.example", []),
        ("www.gorod.example", []),
        ("https://", []),
        ("http://[::1", []),
        ('https://a.example/"onclick="x', ["https://a.example/"]),
    ],
)
def test_only_web_addresses_become_links(text: str, urls: list[str]) -> None:
    assert [piece.url for piece in pieces(text) if piece.url] == urls


@given(st.text() | st.builds("{}https://{}".format, st.text(), st.text()))
def test_together_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


@pytest.mark.django_db
def test_the_page_shows_the_link_and_nothing_else_as_markup(client: Client, kostroma: Municipality) -> None:
    statement(kostroma, basis='Письмо, https://gorod.example/?a=1&b="><b>x')
    page = client.get("/municipalities/kostroma/").content.decode()
    assert '<a href="https://gorod.example/?a=1&amp;b=" rel="nofollow noopener">' in page
    assert "<b>x" not in page
