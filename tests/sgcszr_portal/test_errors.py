"""Pages for what went wrong, and the frame that they share."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView

from accounts.models import User
from sgcszr_portal import urls
from sgcszr_portal.errors import unprocessable
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


def _raises(error: Exception) -> object:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


@login_not_required
def _unprocessable(request: HttpRequest) -> HttpResponse:
    return unprocessable(request, "Дата «вчера» – не дата.")


@login_not_required
@require_POST
def _post_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@pytest.fixture(autouse=True)
def broken_pages() -> Iterator[None]:
    """Addresses that fail on purpose, beside the real ones."""
    pages = [
        path("broken/400", _raises(SuspiciousOperation("odd"))),  # type: ignore[call-overload]  # views by closure
        path("broken/403", _raises(PermissionDenied("Решение подписано: текст больше не меняется."))),  # type: ignore[call-overload]  # as above
        path("broken/422", _unprocessable),
        path("broken/500", _raises(RuntimeError("secret detail"))),  # type: ignore[call-overload]  # as above
        path("broken/post", _post_only),
        path("moved", login_not_required(RedirectView.as_view(url="/help/"))),
    ]
    urls.urlpatterns.extend(pages)
    yield
    del urls.urlpatterns[-len(pages) :]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/broken/400", 400, "Запрос не удалось прочитать"),
        ("/broken/403", 403, "Решение подписано: текст больше не меняется."),
        ("/nowhere/", 404, "Такой страницы нет"),
        ("/broken/422", 422, "Дата «вчера» – не дата."),
        ("/broken/500", 500, "В портале произошла ошибка"),
    ],
)
def test_each_error_has_a_page_in_russian(address: str, status: int, said: str) -> None:
    response = Client(raise_request_exception=False).get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert said in page
    assert "css/base.css" in page and "secret detail" not in page


def test_the_page_of_a_crash_asks_no_database() -> None:
    from django.db import connection

    def refuse(*args: object) -> None:
        raise AssertionError("a query")

    with connection.execute_wrapper(refuse):
        from sgcszr_portal.errors import server_error

        assert server_error(HttpRequest()).status_code == 500


def test_a_wrong_method_says_which_are_right() -> None:
    response = Client().get("/broken/post")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Так эту страницу не открыть" in response.content.decode()


def test_a_lost_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/broken/post")
    assert response.status_code == 403
    assert "Форма устарела или отправлена с другого сайта" in response.content.decode()


def test_an_unknown_host_gets_a_page_too() -> None:
    response = Client(raise_request_exception=False).get("/nowhere/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "Запрос не удалось прочитать" in response.content.decode()


def test_htmx_opens_the_login_page_as_a_page() -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/accounts/users/?role=chair"}
    response = Client().get("/accounts/users/", headers=headers)
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/accounts/login/?next=/accounts/users/%3Frole%3Dchair"


def test_htmx_follows_other_redirects_by_itself() -> None:
    response = Client().get("/moved", headers={"hx-request": "true"})
    assert (response.status_code, response["Location"], "HX-Redirect" in response) == (302, "/help/", False)


def sections(client: Client) -> list[str]:
    page = client.get("/help/").content.decode()
    return re.findall(
        r">([^<]+)</a>", page[page.index('class="site-nav"') : page.index("</nav>", page.index("site-nav"))]
    )


def test_the_navigation_shows_what_one_may_open(
    client_for: ClientFor, secretariat: User, chair: User, kostroma_official: User
) -> None:
    public, rounds = ["Обзор", "Решения", "Контроль", "Муниципалитеты", "Практики"], "Информационный обмен"
    assert sections(client_for(None)) == public
    own = ["Обзор", "Сроки и дела", *public[1:], rounds]
    assert sections(client_for(kostroma_official)) == own
    assert sections(client_for(chair)) == [*own, "Письма"]
    assert sections(client_for(secretariat)) == [*own, "Письма", "Пользователи"]


def test_the_navigation_says_where_one_is() -> None:
    page = Client().get("/help/").content.decode()
    assert '<a href="/help/" aria-current="page">Справка</a>' in page


def test_nothing_on_the_page_is_inline_or_from_elsewhere(client_for: ClientFor, secretariat: User) -> None:
    page = client_for(secretariat).get("/accounts/users/").content.decode()
    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=", page)
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
