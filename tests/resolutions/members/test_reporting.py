"""Members report on a point for all of them; reports are returned and voided."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import (
    Attachment,
    DecisionPoint,
    MemberReport,
    MemberReportRow,
    NewMemberReport,
)
from resolutions.models.member_report_row import REPORT_RULES
from sgcszr_portal.ledgers import faults
from tests.conftest import ClientFor
from tests.municipalities.factory import left
from tests.resolutions.factory import point_step, upload
from tests.resolutions.members.helpers import SAID, listed, report, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_an_official_reports_for_their_city_and_everybody_sees_that(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, arkhangelsk_official: User
) -> None:
    official = client_for(kostroma_official)
    answer = report(official, shared, attachments=upload().file)
    assert answer["Location"] == url(shared, "point_member")
    row = MemberReportRow.objects.get()
    assert (row.result, row.obstacles, row.actor, row.on_behalf_of) == (
        "План утверждён.",
        "Нет средств.",
        kostroma_official,
        "",
    )
    assert Attachment.objects.get().member_report == row
    public = text_of(client_for(None).get(answer["Location"]))
    assert "Доложено" in public
    assert "План утверждён." not in public
    assert "Содержание докладов читают члены Союза" in public
    assert "Что мешает: Нет средств." in text_of(client_for(arkhangelsk_official).get(answer["Location"]))
    assert DecisionPoint.objects.get(pk=shared.pk).begun_by_deed


def test_the_secretariat_reports_for_a_member_and_says_on_what_ground(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User
) -> None:
    client = client_for(secretariat)
    assert "Обязательное поле" in text_of(report(client, shared))
    assert report(client, shared, behalf_ground="письмо № 7").status_code == 302
    row = MemberReportRow.objects.get()
    assert (row.on_behalf_of, row.behalf_ground) == ("Кострома", "письмо № 7")
    assert "За кого: Кострома. Основание: письмо № 7" in text_of(client.get(url(shared, "point_member")))


def test_a_later_report_adds_to_the_first(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User
) -> None:
    official = client_for(kostroma_official)
    report(official, shared)
    assert report(official, shared, text="Закупили.", happened_on="2024-10-01").status_code == 302
    assert MemberReport.objects.get().reported_on == dt.date(2024, 9, 1)
    assert "Закупили." in text_of(official.get(url(shared, "point_member")))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Обязательное поле"),
        ({"happened_on": "2024-06-01"}, "раньше даты решения"),
        ({"happened_on": "2999-01-01"}, "Эта дата ещё не наступила"),
        ({"happened_on": "2024-07-02"}, "пункт не был обращён ко всем членам Союза"),
        ({"version": 7}, "запись добавил кто-то ещё"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused_and_kept(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, changes: dict[str, Any], sentence: str
) -> None:
    answer = report(client_for(kostroma_official), shared, **changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "План утверждён." in text_of(answer)
    assert not MemberReportRow.objects.exists()


def test_nobody_reports_for_a_day_off_control_or_out_of_the_union(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User, kostroma: Municipality
) -> None:
    for action in ("start", "report", "close"):
        point_step(shared, action, by=secretariat, on=dt.date(2024, 10, 1))
    late = report(client_for(kostroma_official), shared, happened_on="2024-10-02")
    assert "уже не был на контроле" in text_of(late)
    assert report(client_for(kostroma_official), shared).status_code == 302  # of a day before it
    left(kostroma, "2024-09-10")
    gone = report(client_for(kostroma_official), shared, happened_on="2024-09-15")
    assert "в Союз не входило" in text_of(gone)


def test_a_returned_report_counts_no_more_and_a_new_one_does(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    secretary = client_for(secretariat)
    said = {"text": "Приложите план.", "happened_on": "2024-09-05", "version": MemberReport.objects.get().version}
    assert secretary.post(url(shared, "point_member_return"), said | {"happened_on": "2024-08-01"}).status_code == 422
    assert secretary.post(url(shared, "point_member_return"), said).status_code == 302
    assert MemberReport.objects.get().reported_on is None
    assert "Приложите план." in text_of(client_for(kostroma_official).get(url(shared, "point_member")))
    assert "Доложили:" in text_of(secretary.get(shared.get_absolute_url()))
    assert "Кострома" not in listed(secretary, shared, part="reported").partition("<table")[2]
    assert report(client_for(kostroma_official), shared, happened_on="2024-09-10").status_code == 302
    assert MemberReport.objects.get().reported_on == dt.date(2024, 9, 10)
    assert list(faults()) == []


def test_a_return_on_a_stale_page_can_be_sent_again(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    secretary, said = client_for(secretariat), {"text": "Мало.", "happened_on": "2024-09-05", "version": "77"}
    stale = secretary.post(url(shared, "point_member_return"), said)
    assert stale.status_code == 422
    assert "Мало." in text_of(stale)
    version = stale.context["form"]["version"].value()
    assert secretary.post(url(shared, "point_member_return"), said | {"version": version}).status_code == 302


def test_the_report_on_execution_says_by_what_the_work_began(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    page = text_of(client_for(None).get(reverse("execution", args=[shared.resolution.slug])))
    assert "Доложил член Союза." in page
    assert "зарегистрировано письмо" not in page


def test_a_wrong_report_is_voided_with_the_right_one(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    stored, row = MemberReport.objects.get(), MemberReportRow.objects.get()
    secretary, address = client_for(secretariat), url(shared, "point_member_void", "kostroma", row.pk)
    assert "Изучили опыт." in text_of(secretary.get(address))
    right = {f"right-{name}": said for name, said in (SAID | {"happened_on": "2024-08-20"}).items()}
    data = {"reason": "Не тот день.", "version": stored.version, "replaces": "on", "right-version": stored.version}
    proof = {"right-behalf_ground": "по телефону", "right-attachments": upload().file}
    answer = secretary.post(address, data | right | proof)
    assert answer.status_code == 302, text_of(answer)
    assert MemberReport.objects.get().reported_on == dt.date(2024, 8, 20)
    assert Attachment.objects.get().member_report == MemberReportRow.objects.get(behalf_ground="по телефону")
    assert "Запись отменена" in text_of(secretary.get(url(shared, "point_member")))


def test_the_right_report_takes_the_place_of_the_wrong_one(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    official = client_for(kostroma_official)
    for text in ("Первый.", "Второй."):
        report(official, shared, text=text)
    stored = MemberReport.objects.get()
    right = NewMemberReport(dt.date(2024, 9, 1), "Верный.")
    first = stored.rows.get(text="Первый.")
    stored.void(first, reason="Не то.", version=stored.version, by=secretariat, replacement=right)
    told = [moment.row.text for moment in REPORT_RULES.walk(stored.rows.all())]
    assert told == ["Верный.", "Второй."]


def test_a_report_that_was_returned_is_not_voided_before_the_return(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    report(client_for(kostroma_official), shared)
    stored = MemberReport.objects.get()
    stored.send_back(happened_on=dt.date(2024, 9, 5), reason="Нет плана.", version=stored.version, by=secretariat)
    row = MemberReportRow.objects.get(action="report")
    said = {"reason": "Ошибка.", "version": MemberReport.objects.get().version}
    answer = client_for(secretariat).post(url(shared, "point_member_void", "kostroma", row.pk), said)
    assert answer.status_code == 422
    assert "Станет невозможной более поздняя запись" in text_of(answer)


def test_a_report_is_dated_within_the_appointment_of_who_reports(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, secretariat: User
) -> None:
    kostroma_official.representations.update(since=dt.date(2024, 9, 2))
    answer = report(client_for(kostroma_official), shared)
    assert answer.status_code == 422
    assert "вы представляете с 2 сентября 2024 г.: шаг этим днём записать нельзя." in text_of(answer)
    assert SAID["obstacles"] in text_of(answer)
    assert report(client_for(kostroma_official), shared, happened_on="2024-09-02").status_code == 302
    assert report(client_for(secretariat), shared, behalf_ground="письмо № 7").status_code == 302
