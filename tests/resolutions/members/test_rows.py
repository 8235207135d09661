"""The rows of a point for all members: who is late, who left, who reads what."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from resolutions.due import tasks_for
from resolutions.models import (
    Attachment,
    DecisionPoint,
    Measure,
    MeasureCode,
    MemberReport,
    Party,
)
from resolutions.reminding import remind
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city, joined, left
from tests.municipalities.practices.factory import mark, practice
from tests.resolutions.factory import PDF, point_step, upload
from tests.resolutions.members.helpers import listed, report, text_of, url
from tests.resolutions.steps import Life, assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_rows_say_who_is_late_and_who_left(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, arkhangelsk: Municipality
) -> None:
    report(client_for(kostroma_official), shared)
    new = Municipality.objects.create(name="Псков", oktmo="58701000", region="П", federal_district="northwestern")
    joined(new, on=dt.date(2025, 1, 10))
    gone = city("Вышний", 28)
    left(gone, "2024-11-01")
    stranger = client_for(None)
    late = listed(stranger, shared, part="late", as_of="2025-01-20")
    assert "Архангельск" in late
    assert "Псков" not in late.partition("<table")[2]
    assert "Кострома" not in late.partition("<table")[2]
    assert "Вышний" in listed(stranger, shared, part="left", as_of="2025-01-20").partition("<table")[2]
    assert "Вышний" not in listed(stranger, shared, part="members", as_of="2025-01-20").partition("<table")[2]
    assert "Псков" in listed(stranger, shared, part="unreported", as_of="2025-01-20").partition("<table")[2]
    assert "<table" not in listed(stranger, shared, as_of="2024-07-02")  # before it was addressed to all


def test_a_day_before_the_decision_is_refused(client_for: ClientFor, shared: DecisionPoint) -> None:
    for page in ("point_members", "point_answers"):
        address = reverse(page, args=[shared.resolution.slug, shared.number])
        assert client_for(None).get(address, {"as_of": "2024-06-01"}).status_code == 422


def test_what_waits_is_each_members_own_report(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User, arkhangelsk_official: User
) -> None:
    def waits(user: User) -> list[tuple[str, str]]:
        found = tasks_for(user, dt.date(2025, 1, 20))
        return [(one.why, str(one.urgency.value)) for one in found if one.key.startswith("report-")]

    assert waits(kostroma_official) == [("Кострома: доложите, что сделано", "overdue")]
    report(client_for(kostroma_official), shared)
    assert waits(kostroma_official) == waits(secretariat) == []
    assert len(waits(arkhangelsk_official)) == 1
    page = text_of(client_for(arkhangelsk_official).get("/municipalities/arkhangelsk/"))
    assert url(shared, slug="arkhangelsk") in page
    assert "Не доложено" in page


def test_who_speaks_for_no_member_reads_no_contents_and_a_return_is_the_citys_own(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User, arkhangelsk_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    stored = MemberReport.objects.get()
    stored.send_back(happened_on=dt.date(2024, 9, 5), reason="Нет плана.", version=stored.version, by=secretariat)
    member = url(shared, "point_member")
    other = client_for(arkhangelsk_official)
    assert "Изучили опыт." in text_of(other.get(member))
    assert "Нет плана." not in text_of(other.get(member))
    assert "Нет плана." in text_of(client_for(kostroma_official).get(member))
    assert "Возвращено" in listed(other, shared).partition("<table")[2]
    (why,) = [one.why for one in tasks_for(kostroma_official, dt.date(2024, 9, 6)) if one.key.startswith("report-")]
    assert why == "Кострома: доклад возвращён, исправьте и доложите снова"
    left(arkhangelsk_official.representations.get().municipality, "2024-09-01")
    assert "Изучили опыт." not in text_of(other.get(member))


def test_a_city_finds_the_files_that_it_attached(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, arkhangelsk_official: User
) -> None:
    report(client_for(kostroma_official), shared, attachments=upload().file)
    address = Attachment.objects.get().get_absolute_url()
    own, other = client_for(kostroma_official), client_for(arkhangelsk_official)
    assert address in text_of(own.get(url(shared, "point_member")))
    sent = own.get(address)
    assert (b"".join(sent.streaming_content), other.get(address).status_code) == (PDF, 404)  # type: ignore[attr-defined]


def test_what_was_typed_comes_back_with_a_refusal_and_a_try_leaves_no_row(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User, arkhangelsk: Municipality
) -> None:
    official = client_for(kostroma_official)
    refused = report(official, shared, "arkhangelsk")
    assert (refused.status_code, "План утверждён." in text_of(refused)) == (403, True)
    returned = client_for(secretariat).post(url(shared, "point_member_return"), {"text": "Мало."})
    assert (returned.status_code, "Мало." in text_of(returned)) == (403, True)
    left(arkhangelsk, "2024-07-10")
    bad = report(client_for(secretariat), shared, "arkhangelsk", behalf_ground="письмо")
    assert bad.status_code == 422
    assert not MemberReport.objects.exists()


def test_what_is_typed_late_is_marked(client_for: ClientFor, shared: DecisionPoint, kostroma_official: User) -> None:
    report(client_for(kostroma_official), shared)
    stranger = client_for(None)
    assert "внесено позже" in listed(stranger, shared, as_of="2024-10-01")
    address = reverse("execution", args=[shared.resolution.slug])
    page = text_of(stranger.get(address, {"as_of": "2024-10-01"}))
    assert "внесено позже" in page.partition("Доклады членов")[2].partition("Осталось")[0]


def test_each_day_tells_the_experience_that_was_counted_on_it(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    """Whose experience counts was chosen twice; the furthest mark is told, whichever practice it is about."""
    first, second = practice(kostroma, "Остановки"), practice(kostroma, "Свет")
    for told, status in ((first, "studied"), (second, "introducing")):
        mark(told, arkhangelsk, status, "2024-08-01")
    for owner, on in ((kostroma, "2024-07-05"), (arkhangelsk, "2025-02-01")):
        measure = Measure((MeasureCode.EXPERIENCE,), owner.pk)
        point_step(shared, "measure", by=secretariat, on=dt.date.fromisoformat(on), measure=measure)
    stranger = client_for(None)
    assert "Внедряется" in listed(stranger, shared, as_of="2024-12-31")
    assert "Внедряется" not in listed(stranger, shared, as_of="2025-03-01")


def test_who_left_later_is_a_member_in_what_was_known_then(client_for: ClientFor, shared: DecisionPoint) -> None:
    pskov = city("Псков", 58701000)
    left(pskov, "2024-09-01", recorded_at=timezone.now() + dt.timedelta(days=1))
    stranger = client_for(None)
    assert "Вышли" in listed(stranger, shared, as_of="2024-09-30")
    then = listed(stranger, shared, as_of="2024-09-30", known_on=timezone.localdate().isoformat())
    assert "Псков" in then
    assert then.count('<th scope="row"') == 3  # nobody twice


def test_after_the_secretariat_reported_nobody_is_reminded(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    for action in ("start", "report"):
        point_step(shared, action, by=secretariat, on=dt.date(2024, 9, 1))
    address = reverse("point_members_remind", args=[shared.resolution.slug, shared.number])
    assert client_for(secretariat).post(address).status_code == 403
    assert remind(DecisionPoint.objects.get(pk=shared.pk), by=secretariat).written == 0
    point_step(shared, "return_for_rework", by=secretariat, on=dt.date(2025, 1, 20))
    (task,) = [one for one in tasks_for(kostroma_official, dt.date(2025, 1, 20)) if one.key.startswith("report-")]
    assert task.urgency == "soon"  # late from the day after it was returned


def test_reports_are_counted_where_all_members_are_not_asked(
    client_for: ClientFor, point: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    measure = Measure((MeasureCode.REPORTS,))
    point_step(point, "measure", by=secretariat, on=dt.date(2024, 7, 5), measure=measure)
    assert "Кострома" in listed(client_for(None), point, part="members")


def test_a_promise_on_a_citys_own_assignment_stands_on_its_card(
    client_for: ClientFor,
    appeal_point: DecisionPoint,
    secretariat: User,
    kostroma_official: User,
    kostroma: Municipality,
) -> None:
    assign(appeal_point, Party.objects.of_municipality(kostroma.pk), by=secretariat)
    said = {"measure": "Датчики", "due_on": "2030-03-01", "who": "Отдел", "happened_on": "2024-09-01"}
    answer = client_for(kostroma_official).post(
        reverse("commitment_make", args=["kostroma"]), said | {"point": appeal_point.pk}
    )
    assert answer.status_code == 302
    assert "датчики" in text_of(client_for(None).get(appeal_point.get_absolute_url())).lower()


def test_an_official_reports_from_the_card_and_the_secretariat_reports_the_whole(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    card = text_of(client_for(kostroma_official).get(shared.get_absolute_url()))
    assert f'href="{url(shared)}"' in card
    assert url(shared, slug="arkhangelsk") not in card
    life = Life(client_for, shared)
    assert "behalf_ground" in life.form(secretariat, "extend").fields
    life.does(secretariat, "start", "2024-09-01")
    life.does(secretariat, "report", "2024-09-02", text="Доложили все.", result="achieved")
    assert life.point.progress.exclude(on_behalf_of="").count() == 0


def test_the_card_shows_the_members_with_their_lists(client_for: ClientFor, shared: DecisionPoint) -> None:
    with at("2025-01-20 12:00"):
        card = text_of(client_for(None).get(shared.get_absolute_url()))
    assert "Не доложили в срок" in card
    assert "part=late" in card


@pytest.mark.parametrize(
    ("query", "sentence"), [("as_of=abc", "Укажите дату так: 27.06.2024."), ("as_of=2024-06-01", "решени")]
)
def test_a_bad_day_is_told_by_its_own_sentence_alone(
    client: Client, shared: DecisionPoint, query: str, sentence: str
) -> None:
    address = reverse("point_members", args=[shared.resolution.slug, shared.number])
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "портал не знает" not in answer.content.decode()
    assert "портал не знает" in client.get(f"{address}?part=x&{query}").content.decode()


def test_each_row_carries_its_headings_for_narrow_screens(client: Client, shared: DecisionPoint) -> None:
    page = listed(client, shared)
    assert 'data-label="Доклад"' in page
    assert 'data-label="Обязательства"' in page
