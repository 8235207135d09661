"""A point that is addressed to all members: their rows, their reports, reminders, and personal links."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from municipalities.personal_links import links_of, renew, token_of
from municipalities.practices.models import Commitment
from resolutions.due import tasks_for
from resolutions.models import (
    Attachment,
    DecisionPoint,
    Measure,
    MeasureCode,
    MemberReport,
    MemberReportRow,
    Party,
    PointPromise,
)
from resolutions.models.member_report import LINKS
from resolutions.reminding import remind
from sgcszr_portal.ledgers import faults
from tests.conftest import ClientFor
from tests.mail import delivered
from tests.municipalities.factory import at, city, joined, left
from tests.resolutions.factory import PDF, point_step, upload
from tests.resolutions.steps import Life, assign

pytestmark = pytest.mark.django_db

DUE = dt.date(2024, 12, 27)
SAID = {"text": "Изучили опыт.", "result": "План утверждён.", "obstacles": "Нет средств.", "next_step": "Закупка."}


@pytest.fixture
def shared(point: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality) -> DecisionPoint:
    """A point for all members, of whom there are two."""
    assign(point, Party.objects.all_members(), by=secretariat, due_on=DUE)
    return point


def url(point: DecisionPoint, page: str = "point_member_report", slug: str = "kostroma", *more: object) -> str:
    return reverse(page, args=[point.resolution.slug, point.number, slug, *more])


def report(client: Client, point: DecisionPoint, slug: str = "kostroma", **changes: Any) -> Any:
    stored = MemberReport.objects.filter(point=point, municipality__slug=slug).first()
    data = SAID | {"happened_on": "2024-09-01", "version": stored.version if stored else 1}
    return client.post(url(point, slug=slug), data | changes)


def text_of(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ").replace("&nbsp;", " ")


def listed(client: Client, point: DecisionPoint, **asked: str) -> str:
    address = reverse("point_members", args=[point.resolution.slug, point.number])
    return text_of(client.get(address, asked))


# --- reporting ---


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


# --- returning, voiding ---


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
    answer = secretary.post(address, data | right | {"right-behalf_ground": "по телефону"})
    assert answer.status_code == 302, text_of(answer)
    assert MemberReport.objects.get().reported_on == dt.date(2024, 8, 20)
    assert "Запись отменена" in text_of(secretary.get(url(shared, "point_member")))


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


# --- the rows ---


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


# --- by link ---


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
    assert "Нет адресата: Архангельск, Кострома." in page
    remind(shared, by=secretariat)
    assert links_of(LINKS, MemberReport.objects.first()).count() == 1  # type: ignore[arg-type]


# --- promises ---


def test_a_promise_names_the_point_and_counts_for_it(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, kostroma: Municipality
) -> None:
    official = client_for(kostroma_official)
    said = {"measure": "Поставить датчики", "due_on": "2025-03-01", "who": "Отдел связи", "happened_on": "2024-09-01"}
    bad = official.post(reverse("commitment_make", args=["kostroma"]), said | {"point": "999"})
    assert bad.status_code == 422
    assert official.post(reverse("commitment_make", args=["kostroma"]), said | {"point": shared.pk}).status_code == 302
    tie = PointPromise.objects.get()
    assert (tie.point, tie.commitment.municipality) == (shared, kostroma)
    assert DecisionPoint.objects.get(pk=shared.pk).begun_by_deed
    assert "Поставить датчики" in listed(client_for(None), shared, part="promised")
    assert "Пункт 1 решения от 27 июня 2024 г." in text_of(official.get(tie.commitment.get_absolute_url()))


def test_a_promise_on_which_the_progress_rests_is_not_voided(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    said = {"measure": "Поставить датчики", "due_on": "2025-03-01", "who": "Отдел связи", "happened_on": "2024-09-01"}
    client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said | {"point": shared.pk})
    point_step(shared, "report", by=secretariat, on=dt.date(2024, 10, 1))
    made = Commitment.objects.get()
    address = reverse("commitment_void", args=[made.pk, made.steps.get().pk])
    answer = client_for(secretariat).post(address, {"reason": "Ошибка.", "version": made.version})
    assert answer.status_code == 422
    assert "Станет невозможной более поздняя запись «Доложено об исполнении»" in text_of(answer)
    assert Commitment.objects.get().state == "open"


def test_a_promise_names_no_point_before_its_day_nor_one_that_was_somebody_elses(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User
) -> None:
    official = client_for(kostroma_official)
    said = {"measure": "Датчики", "due_on": "2025-03-01", "who": "Отдел связи", "point": shared.pk}
    for day, told in (("2024-06-01", "раньше даты решения"), ("2024-07-02", "не был обращён к этому")):
        answer = official.post(reverse("commitment_make", args=["kostroma"]), said | {"happened_on": day})
        assert answer.status_code == 422
        assert told in text_of(answer)
    assert not Commitment.objects.exists()


def test_a_point_that_is_offered_no_more_is_not_passed_over_in_silence(
    client_for: ClientFor, kostroma_official: User
) -> None:
    said = {"measure": "Датчики", "due_on": "2030-03-01", "who": "Отдел", "happened_on": "2024-09-01", "point": "7"}
    answer = client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said)
    assert answer.status_code == 422
    assert "Выбранного пункта больше нет" in text_of(answer)


def test_no_promise_is_due_in_a_year_that_nobody_means(client_for: ClientFor, kostroma_official: User) -> None:
    said = {"measure": "Датчики", "due_on": "9999-12-31", "who": "Отдел", "happened_on": "2024-09-01"}
    answer = client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said)
    assert "Проверьте год" in text_of(answer)


# --- who reads, what is lost, what is told ---


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
    assert "Возвращено на доработку" in listed(other, shared)
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
    assert "внесено позже" in page.partition("Члены Союза")[2].partition("Осталось")[0]


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


# --- the card ---


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
