"""Who sees what proves a report: the Union's people, and whoever controls the point, staff or not."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import Attachment, DecisionPoint, MemberReportRow, Party
from tests.conftest import ClientFor
from tests.reading import to_the_end
from tests.resolutions.factory import point_step, upload
from tests.resolutions.members.helpers import report, text_of, url
from tests.resolutions.steps import assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CONTROLLERS: dict[str, Callable[[User, Municipality], Party]] = {
    "municipality": lambda person, town: Party.objects.of_municipality(town.pk),
    "person": lambda person, town: Party.objects.of_user(person.pk),
}


def sees(client_for: ClientFor, user: User | None, page: str) -> tuple[bool, int]:
    """Whether a page names the one attached file, and how its download answers."""
    client, stored = client_for(user), Attachment.objects.get()
    answer = client.get(stored.get_absolute_url())
    to_the_end(answer)
    return stored.name in text_of(client.get(page)), answer.status_code


@pytest.fixture(params=sorted(CONTROLLERS))
def controller(request: Any, kostroma_official: User, kostroma: Municipality) -> Party:
    """Кострома, or the person who speaks for it."""
    return CONTROLLERS[request.param](kostroma_official, kostroma)


def test_who_controls_a_point_reads_the_files_of_its_report(
    client_for: ClientFor,
    point: DecisionPoint,
    secretariat: User,
    controller: Party,
    kostroma_official: User,
    arkhangelsk_official: User,
) -> None:
    assign(point, Party.objects.of_user(arkhangelsk_official.pk), by=secretariat, controller=controller)
    for action, files in (("start", []), ("report", [upload()])):
        point_step(point, action, by=arkhangelsk_official, files=files)
    page = point.get_absolute_url()
    assert sees(client_for, kostroma_official, page) == (True, 200)
    assert sees(client_for, arkhangelsk_official, page) == (True, 200)  # who carries it out has attached it
    stranger = User.objects.create_user("other@example.org", name="Д. Другая", role="municipal")
    for other in (None, stranger):
        assert sees(client_for, other, page) == (False, 404)
    assign(point, Party.objects.of_user(arkhangelsk_official.pk), by=secretariat)  # the chair controls from now on
    assert sees(client_for, kostroma_official, page) == (False, 404)


def test_files_of_a_voided_entry_are_for_the_staff(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, controller: Party, kostroma_official: User
) -> None:
    assign(point, Party.objects.all_members(), by=secretariat, controller=controller)
    entry = point_step(point, "note", by=secretariat, files=[upload()])
    point.void(entry, reason="Не то.", version=point.version, by=secretariat)
    assert sees(client_for, kostroma_official, point.get_absolute_url()) == (False, 404)
    assert sees(client_for, secretariat, point.get_absolute_url()) == (True, 200)


def test_who_controls_what_all_members_do_reads_their_reports_with_the_files(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User, kostroma: Municipality
) -> None:
    watching = User.objects.create_user("watching@example.org", name="В. Смотрящая", role="municipal")
    report(client_for(kostroma_official), shared, attachments=upload().file)
    page = url(shared, "point_member")
    assert "Что мешает" not in text_of(client_for(watching).get(page))
    assert sees(client_for, watching, page) == (False, 404)
    shared.refresh_from_db()
    assign(shared, Party.objects.all_members(), by=secretariat, controller=Party.objects.of_user(watching.pk))
    assert "Что мешает: Нет средств." in text_of(client_for(watching).get(page))
    assert sees(client_for, watching, page) == (True, 200)
    stored = Attachment.objects.get().member_report
    assert stored
    stored.report.void(stored, reason="Не то.", version=stored.report.version, by=secretariat)
    assert MemberReportRow.objects.exclude(voids=None).exists()
    assert sees(client_for, watching, page) == (False, 404)
