"""Those who did not report are reminded, and report by a personal link."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from municipalities.personal_links import links_of, renew, token_of, withdraw
from resolutions.models import (
    DecisionPoint,
    MemberReport,
    MemberReportRow,
    ReportReminder,
)
from resolutions.models.member_report import LINKS
from resolutions.reminding import remind
from tests.conftest import ClientFor
from tests.mail import delivered
from tests.municipalities.factory import city
from tests.resolutions.members.helpers import SAID, report, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_those_who_did_not_report_are_reminded_and_report_by_link(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User, arkhangelsk_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    secretary = client_for(secretariat)
    address = reverse("point_members_remind", args=[shared.resolution.slug, shared.number])
    assert "Архангельск" in text_of(secretary.get(address))
    assert secretary.post(address).status_code == 302
    (letter,) = delivered()
    assert letter.to == ["arkhangelsk@example.org"]
    assert "за муниципальное образование Архангельск по пункту" in str(letter.body)
    link = next(line for line in str(letter.body).splitlines() if "by-link" in line).removeprefix("http://testserver")
    guest = Client()
    page = text_of(guest.get(link))
    assert "Предложить городам продолжить работу." in page
    assert "Взять обязательство" in page
    said = SAID | {"happened_on": "2024-09-20", "version": 1}
    assert "Обязательное поле" in text_of(guest.post(link, said))
    assert guest.post(link, said | {"respondent": "И.И. Иванов"}).status_code == 302
    row = MemberReportRow.objects.get(by_link=True)
    assert (row.actor, row.actor_name) == (None, "И.И. Иванов (по личной ссылке)")
    assert "Изучили опыт." in text_of(guest.get(link))
    member = text_of(secretary.get(url(shared, "point_member", "arkhangelsk")))
    assert "по личной ссылке" in member
    assert "arkhangelsk@example.org" in member


def test_a_link_that_was_rotated_gives_back_what_was_typed(
    shared: DecisionPoint, secretariat: User, arkhangelsk_official: User, kostroma: Municipality
) -> None:
    remind(shared, by=secretariat)
    stored = MemberReport.objects.get(municipality__slug="arkhangelsk")
    link = links_of(LINKS, stored).get()
    address = reverse("member_report_by_link", args=[token_of(link)])
    renew(link, by=secretariat)
    gone = Client().post(address, SAID | {"respondent": "И.И. Иванов", "happened_on": "2024-09-20", "version": "1"})
    assert gone.status_code == 410
    for typed in ("Изучили опыт.", "И.И. Иванов", "заменена новой"):
        assert typed in text_of(gone)
    assert not MemberReportRow.objects.exists()


def test_a_link_takes_nothing_for_an_impossible_day_or_a_stale_page(
    shared: DecisionPoint, secretariat: User, arkhangelsk_official: User
) -> None:
    remind(shared, by=secretariat)
    link = links_of(LINKS, MemberReport.objects.get(municipality__slug="arkhangelsk")).get()
    address = reverse("member_report_by_link", args=[token_of(link)])
    said = SAID | {"respondent": "И.И. Иванов", "version": "1"}
    early = Client().post(address, said | {"happened_on": "2024-06-01"})
    assert "раньше даты решения" in text_of(early)
    stale = Client().post(address, said | {"happened_on": "2024-09-20", "version": "9"})
    assert stale.status_code == 422
    assert "запись добавил кто-то ещё" in text_of(stale)


def test_reminding_twice_gives_no_second_link_and_tells_who_has_no_address(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User
) -> None:
    address = reverse("point_members_remind", args=[shared.resolution.slug, shared.number])
    page = text_of(client_for(secretariat).post(address, follow=True))
    assert "Нет адресата: Архангельск, Кострома. Им письмо не отправлено." in page
    assert "передайте сами): Архангельск, Кострома." in page
    remind(shared, by=secretariat)
    assert links_of(LINKS, MemberReport.objects.first()).count() == 1  # type: ignore[arg-type]


def test_a_link_that_was_withdrawn_stays_so_and_the_letter_leads_to_the_portal(
    shared: DecisionPoint, secretariat: User, arkhangelsk_official: User
) -> None:
    remind(shared, by=secretariat)
    stored = MemberReport.objects.get(municipality__slug="arkhangelsk")
    withdraw(links_of(LINKS, stored).get(), reason="Ушло не туда.", by=secretariat)
    remind(shared, by=secretariat)
    assert links_of(LINKS, stored).count() == 1
    last = str(delivered()[-1].body)
    assert "by-link" not in last
    assert f"http://testserver{url(shared, slug='arkhangelsk')}" in last
    assert "войдите в портал под своей учётной записью" in last


def test_the_number_of_queries_does_not_grow(shared: DecisionPoint, secretariat: User) -> None:
    remind(shared, by=secretariat)  # so that each time some have been asked before
    asked = []
    for count in (5, 20):
        for number in range(count):
            one = city(f"Город {number}", 100 * count + number)
            official = User.objects.create_user(f"{count}-{number}@example.org", role=Role.MUNICIPAL)
            Representative.objects.create(user=official, municipality=one)
        with CaptureQueriesContext(connection) as captured:
            outcome = remind(DecisionPoint.objects.get(pk=shared.pk), by=secretariat)
        asked.append((outcome.written, len(captured)))
    assert [written for written, _ in asked] == [5, 25]
    assert asked[0][1] == asked[1][1] == 20
    sent = ReportReminder.objects.select_related("mail", "report__municipality")
    assert all(f"({one.report.municipality})" in one.mail.subject for one in sent)
