"""`/resolutions/` and `/resolutions/<slug>/`: what each visitor sees."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.models.union import FROM_THE_SOURCE
from resolutions.editor import blank_text
from resolutions.models import Resolution
from tests.conftest import ClientFor

pytestmark = pytest.mark.slow


def test_a_draft_is_not_there_for_strangers_and_municipalities(
    client: Client, client_for: ClientFor, kostroma_official: User, draft: Resolution
) -> None:
    for visitor in (client, client_for(kostroma_official)):
        assert visitor.get(draft.get_absolute_url()).status_code == 404
        assert draft.title not in visitor.get(reverse("resolutions")).content.decode()


def test_a_draft_is_marked_for_staff(client_for: ClientFor, chair: User, draft: Resolution) -> None:
    page = client_for(chair).get(draft.get_absolute_url()).content.decode()
    assert '<p class="paper__mark">Проект</p>' in page


def test_an_adopted_decision_is_public_with_the_state_of_each_point(client: Client, adopted: Resolution) -> None:
    page = client.get(adopted.get_absolute_url()).content.decode()
    assert page.count("Не начато") == 3
    assert "paper__mark" not in page


def test_the_page_says_why_signing_is_not_available(
    client_for: ClientFor, secretariat: User, adopted: Resolution
) -> None:
    page = client_for(secretariat).get(adopted.get_absolute_url()).content.decode()
    assert "Решение подписывает председатель Союза или исполняющий его обязанности." in page
    assert reverse("resolution_sign", args=[adopted.slug]) not in page


def test_the_history_is_for_staff(
    client_for: ClientFor, kostroma_official: User, chair: User, adopted: Resolution
) -> None:
    history = reverse("resolution_history", args=[adopted.slug])
    assert client_for(None).get(history).status_code == 302
    assert client_for(kostroma_official).get(history).status_code == 404
    assert "Решение принято" in client_for(chair).get(history).content.decode()


@pytest.mark.parametrize("count", [2, 40])
def test_the_list_takes_the_same_number_of_queries(
    client_for: ClientFor, chair: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        Resolution.start(blank_text(f"О вопросе {number}", None, "", union=FROM_THE_SOURCE), by=chair)
    visitor = client_for(chair)
    visitor.get(reverse("resolutions"))
    with django_assert_num_queries(7):
        visitor.get(reverse("resolutions"))


def test_a_new_draft_gets_the_usual_wording_and_its_own_address(client_for: ClientFor, secretariat: User) -> None:
    visitor = client_for(secretariat)
    data = {"title": "О тарифах", "adopted_on": "2025-06-19", "place": "г. Псков"}
    visitor.post(reverse("resolution_add"), data)
    visitor.post(reverse("resolution_add"), data)
    first, second = Resolution.objects.order_by("pk")
    assert (first.slug, second.slug) == ("o-tarifakh-2025", "o-tarifakh-2025-2")
    assert first.hearing == "Заслушав и обсудив информацию по вопросу «О тарифах»,"


def test_a_new_draft_needs_a_heading(client_for: ClientFor, secretariat: User) -> None:
    response = client_for(secretariat).post(reverse("resolution_add"), {"title": ""})
    assert response.status_code == 422
    assert not Resolution.objects.exists()


def test_adopting_in_the_browser(client_for: ClientFor, secretariat: User, draft: Resolution) -> None:
    address = reverse("resolution_adopt", args=[draft.slug])
    response = client_for(secretariat).post(address, {"version": draft.version}, follow=True)
    assert "Решение принято: текст зафиксирован" in response.content.decode()


def test_adopting_an_outdated_page_is_refused(client_for: ClientFor, secretariat: User, draft: Resolution) -> None:
    address = reverse("resolution_adopt", args=[draft.slug])
    for version in ("7", "", "семь"):
        client_for(secretariat).post(address, {"version": version})
        assert Resolution.objects.get(pk=draft.pk).status == "draft"


def test_taking_back_the_adoption_needs_a_reason(client_for: ClientFor, secretariat: User, adopted: Resolution) -> None:
    address = reverse("resolution_reopen", args=[adopted.slug])
    visitor = client_for(secretariat)
    assert visitor.post(address, {"version": adopted.version, "reason": " "}).status_code == 422
    assert Resolution.objects.get(pk=adopted.pk).status == "adopted"
    visitor.post(address, {"version": adopted.version, "reason": "Отмечено по ошибке"})
    assert Resolution.objects.get(pk=adopted.pk).status == "draft"
