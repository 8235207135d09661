"""Links that the secretariat gives out itself, without a letter."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.personal_links import links_of, renew, token_of, withdraw
from resolutions.models import DecisionPoint, MemberReport
from resolutions.models.member_report import LINKS
from resolutions.reminding import remind
from tests.conftest import ClientFor
from tests.resolutions.factory import point_step
from tests.resolutions.members.helpers import report, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GIVE = "Выдать ссылку"
UNSENT = "портал никому не отправлял"


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def page_of(client: Client, point: DecisionPoint, slug: str = "kostroma") -> str:
    return text_of(client.get(url(point, "point_member", slug)))


def give(client: Client, point: DecisionPoint, slug: str = "kostroma") -> str:
    return text_of(client.post(url(point, "point_member_link", slug), follow=True))


def test_a_link_is_given_before_anything_is_reported_or_sent(secretary: Client, shared: DecisionPoint) -> None:
    assert GIVE in page_of(secretary, shared)
    assert not MemberReport.objects.exists()
    page = give(secretary, shared)
    assert "Кострома: личная ссылка выдана. Передайте её сами." in page
    assert UNSENT in page
    assert GIVE not in page
    link = links_of(LINKS, MemberReport.objects.get()).get()
    address = reverse("member_report_by_link", args=[token_of(link)])
    assert address in page
    assert Client().get(address).status_code == 200


def test_who_reported_on_their_own_may_be_given_a_link_too(
    client_for: ClientFor, secretary: Client, shared: DecisionPoint, kostroma_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    assert GIVE in page_of(secretary, shared)
    assert GIVE not in page_of(client_for(kostroma_official), shared)
    give(secretary, shared)
    give(secretary, shared)
    assert links_of(LINKS, MemberReport.objects.get()).count() == 1


def test_a_link_that_was_withdrawn_is_not_given_by_a_page_that_was_open(
    secretary: Client, shared: DecisionPoint, secretariat: User
) -> None:
    give(secretary, shared)
    withdraw(links_of(LINKS, MemberReport.objects.get()).get(), reason="Ушло не туда.", by=secretariat)
    page = give(secretary, shared)
    assert "Ссылку этого члена Союза уже выдавали и отозвали." in page
    assert UNSENT not in page
    assert links_of(LINKS, MemberReport.objects.get()).count() == 1


def test_where_a_link_would_open_nothing_the_page_says_why(
    secretary: Client, shared: DecisionPoint, secretariat: User
) -> None:
    point_step(shared, "cancel", by=secretariat, text="Отпало.")
    page = page_of(secretary, shared)
    assert "В этот день пункт уже не был на контроле" in page
    assert GIVE not in page
    assert secretary.post(url(shared, "point_member_link")).status_code == 403
    assert not MemberReport.objects.exists()


def test_a_link_that_no_letter_holds_is_told_as_unsent(
    secretary: Client, shared: DecisionPoint, secretariat: User, arkhangelsk_official: User
) -> None:
    remind(shared, by=secretariat)
    assert UNSENT not in page_of(secretary, shared, "arkhangelsk")
    assert UNSENT in page_of(secretary, shared)
    renew(links_of(LINKS, MemberReport.objects.get(municipality__slug="arkhangelsk")).get(), by=secretariat)
    assert UNSENT in page_of(secretary, shared, "arkhangelsk")


def test_who_was_sent_nothing_and_has_no_link_is_named_apart(
    secretary: Client, shared: DecisionPoint, secretariat: User
) -> None:
    give(secretary, shared)
    withdraw(links_of(LINKS, MemberReport.objects.get()).get(), reason="Ушло не туда.", by=secretariat)
    address = reverse("point_members_remind", args=[shared.resolution.slug, shared.number])
    page = text_of(secretary.post(address, follow=True))
    assert "Нет адресата: Архангельск, Кострома." in page
    assert "передайте сами): Архангельск." in page
    stored = MemberReport.objects.get(municipality__slug="arkhangelsk")
    withdraw(links_of(LINKS, stored).get(), reason="Ушло не туда.", by=secretariat)
    assert "Личные ссылки выданы" not in text_of(secretary.post(address, follow=True))
