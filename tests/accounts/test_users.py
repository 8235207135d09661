"""`/accounts/users/`: the list of users."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from tests.conftest import ClientFor

URL = "/accounts/users/"


def add_people(number: int) -> None:
    User.objects.bulk_create(
        User(email=f"person{n}@example.org", name=f"Представитель {n}", role=Role.MUNICIPAL) for n in range(number)
    )


def listed(page: str) -> list[str]:
    return list(re.findall(r"<td>([^<]*@[^<]*)</td>", page))


def test_the_secretariat_sees_everybody_in_russian_order(client_for: ClientFor, secretariat: User) -> None:
    for n, name in enumerate(["Яшин", "ёлкин", "Егоров", "Жуков"]):
        User.objects.create_user(f"{n}@example.org", name=name, role=Role.MUNICIPAL)
    page = client_for(secretariat).get(URL).content.decode()
    assert listed(page) == ["2@example.org", "1@example.org", "3@example.org", secretariat.email, "0@example.org"]


def test_strangers_are_asked_to_log_in(client_for: ClientFor) -> None:
    response = client_for(None).get(URL)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={URL}")


def test_others_are_refused_with_a_reason(client_for: ClientFor, chair: User, kostroma_official: User) -> None:
    for person in (chair, kostroma_official):
        response = client_for(person).get(URL)
        assert response.status_code == 403
        assert "Пользователями управляет секретариат" in response.content.decode()


@pytest.mark.parametrize("search", ["ВТОРОВА", "второва", "специалист", "colleague@"])
def test_search_ignores_case(client_for: ClientFor, secretariat: User, colleague: User, search: str) -> None:
    page = client_for(secretariat).get(URL, {"search": search}).content.decode()
    assert listed(page) == [colleague.email]


def test_filters_by_role_and_state(client_for: ClientFor, secretariat: User, colleague: User, chair: User) -> None:
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    client = client_for(secretariat)
    User.objects.filter(pk=secretariat.pk).update(last_login=timezone.now())
    found = {
        (role, state): listed(client.get(URL, {"role": role, "state": state}).content.decode())
        for role, state in [("chair", ""), ("", "off"), ("", "invited"), ("secretariat", "active")]
    }
    assert found == {
        ("chair", ""): [chair.email],
        ("", "off"): [colleague.email],
        ("", "invited"): [chair.email],
        ("secretariat", "active"): [secretariat.email],
    }


def test_an_unknown_filter_is_refused(client_for: ClientFor, secretariat: User) -> None:
    response = client_for(secretariat).get(URL, {"role": "emperor"})
    assert response.status_code == 422


def test_fifty_to_a_page_and_filters_stay_in_the_links(client_for: ClientFor, secretariat: User) -> None:
    add_people(120)
    page = client_for(secretariat).get(URL, {"role": "municipal", "page": "2"}).content.decode()
    assert len(listed(page)) == 50
    assert 'href="/accounts/users/?role=municipal&amp;page=3"' in page
    assert "Страница 2 из 3" in page


@pytest.mark.parametrize("number", ["0", "999", "x"])
def test_a_page_that_does_not_exist_shows_one_that_does(client_for: ClientFor, secretariat: User, number: str) -> None:
    assert client_for(secretariat).get(URL, {"page": number}).status_code == 200


def test_the_number_of_queries_does_not_grow(client_for: ClientFor, secretariat: User) -> None:
    counted = []
    for more in (20, 480):
        add = User.objects.count()
        User.objects.bulk_create(
            User(email=f"p{add + n}@example.org", name=f"П {add + n}", role=Role.MUNICIPAL) for n in range(more)
        )
        client = client_for(secretariat)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(URL)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 6


def test_the_list_cannot_be_posted_to(client_for: ClientFor, secretariat: User) -> None:
    assert client_for(secretariat).post(URL).status_code == 405
