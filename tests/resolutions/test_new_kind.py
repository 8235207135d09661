"""A kind of points or letters that is one entry of its table shows wherever kinds show."""

from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import User
from municipalities.models import Municipality
from resolutions.due import tasks_for
from resolutions.execution.workbook import MEMBERS, POINTS
from resolutions.kinds import LETTER_KINDS, POINT_KINDS, Counter, LetterKind, PointKind, Recipients
from resolutions.models import DecisionPoint, Letter, Mailing, Resolution
from tests.conftest import ClientFor
from tests.loosened import loosened
from tests.papers import paper
from tests.resolutions.factory import DAY, answer, decision, instruct, letter, mailing, register, send, step
from tests.resolutions.test_mailing import send_form
from tests.resolutions.test_resolution_edit import posted

pytestmark = pytest.mark.slow

HONOUR = PointKind("honour", "Награждение", Counter.THANKS, letters="gratitude")
REQUEST = PointKind("request", "Ходатайство", Counter.ANSWER, letters="appeal")
EXAMPLE = PointKind("example", "Пример", Counter.CHOSEN)
INVITATION = LetterKind(
    "invitation",
    "Приглашение",
    "приглашение,приглашения,приглашений",
    Recipients.MEMBERS,
    draft="Пригласить членов Союза",
    heading="Приглашения",
    reply_days=10,
)


@pytest.fixture(autouse=True)
def more_kinds(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for kind in (HONOUR, REQUEST, EXAMPLE):
        monkeypatch.setitem(POINT_KINDS, kind.code, kind)
    monkeypatch.setitem(LETTER_KINDS, INVITATION.code, INVITATION)
    with (
        loosened(DecisionPoint, "point_kind_known"),
        loosened(Letter, "letter_kind_known"),
        loosened(Mailing, "mailing_kind_known"),
    ):
        yield


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def resolution(secretariat: User) -> Resolution:
    return decision("honour", "request", "example", by=secretariat)


@pytest.fixture
def honour(resolution: Resolution) -> DecisionPoint:
    return resolution.points.get(number=1)


@pytest.fixture
def request_point(resolution: Resolution) -> DecisionPoint:
    return resolution.points.get(number=2)


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_the_editor_offers_and_keeps_it(client: Client, draft: Resolution) -> None:
    address = reverse("resolution_edit", args=[draft.slug])
    assert '<option value="honour">Награждение</option>' in page_of(client, address)
    assert client.post(address, posted(draft, **{"points-0-kind": "honour"})).status_code == 302
    assert draft.points.get(number=1).kind == "honour"
    history = page_of(client, reverse("resolution_history", args=[draft.slug]))
    assert "Награждение" in history


def test_the_card_names_it_and_drafts_its_letters(client: Client, honour: DecisionPoint) -> None:
    page = page_of(client, honour.get_absolute_url())
    assert "<h1>Пункт 1. Награждение</h1>" in page
    assert "Подготовить благодарности" in page
    rows = {"form-0-addressee": "Долгих Д.С.", "form-0-person": "Долгих Д.С."}
    assert send_form(client, honour.resolution, "gratitude", **rows).status_code == 302
    assert Mailing.objects.get().point == honour


def test_the_card_drafts_a_letter_by_itself(client: Client, request_point: DecisionPoint) -> None:
    assert "Составить обращение" in page_of(client, request_point.get_absolute_url())
    client.post(reverse("point_appeal", args=[request_point.resolution.slug, 2]))
    assert Letter.objects.get().point == request_point
    assert "Обращение подготовлено, но ещё не зарегистрировано." in page_of(client, request_point.get_absolute_url())


def test_the_card_counts_members_that_follow_it(client: Client, resolution: Resolution, kostroma: Municipality) -> None:
    resolution.points.filter(number=3).update(experience_of=kostroma)
    page = page_of(client, resolution.points.get(number=3).get_absolute_url())
    told = " ".join(strip_tags(page).split())
    assert "Участвуют в проекте: 0 муниципальных образований из 1. Используют опыт: 0 из 0." in told
    assert 'id="uptake"' in page


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_due_names_and_counts_it(resolution: Resolution, secretariat: User, number: int) -> None:
    point = resolution.points.get(number=number)
    instruct(point, by=secretariat)
    (waiting,) = (one for one in tasks_for(secretariat, DAY) if one.key == f"point-{point.pk}")
    assert waiting.what.endswith(f": {point.of_kind.label.lower()}")
    assert "исполнено" not in waiting.why
    sent = letter(resolution, point.of_kind.letters, point=point)
    send(sent, by=secretariat)
    step(sent, "deliver", by=secretariat)
    if sent.of_kind.waits:
        answer(sent, by=secretariat)
    (done,) = (one for one in tasks_for(secretariat, DAY) if one.key == f"point-{point.pk}")
    assert (
        done.why
        == {
            1: "Всё, что считает портал, исполнено: можно докладывать",
            2: "Ответ получен, предлагается результат «достигнуто»: можно докладывать",
        }[number]
    )


def test_the_report_tells_of_it(
    client: Client, honour: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    honour.resolution.points.filter(kind="example").update(experience_of=kostroma)
    send(letter(honour.resolution, "gratitude", point=honour), by=secretariat)
    page = page_of(client, reverse("execution", args=[honour.resolution.slug]))
    assert "Пункт 1. Награждение" in page
    assert "Вручено писем с благодарностью: 0 из 1." in page
    content = paper(client, reverse("execution_xlsx", args=[honour.resolution.slug])).content
    book = openpyxl.load_workbook(BytesIO(content))
    assert [row[1].value for row in book[POINTS].iter_rows(min_row=6)] == ["Награждение", "Ходатайство", "Пример"]
    assert MEMBERS in book.sheetnames


def test_letters_about_the_decision_are_drafted_from_its_page(client: Client, resolution: Resolution) -> None:
    assert "Пригласить членов Союза" in page_of(client, resolution.get_absolute_url())
    form = client.get(reverse("mailing_add", args=[resolution.slug, "invitation"]))
    assert "<h1>Приглашения: письма по одному тексту</h1>" in form.content.decode()
    assert form.context["form"].initial["reply_days"] == 10


def test_letters_are_found_and_told_by_their_kind(honour: DecisionPoint, client: Client, secretariat: User) -> None:
    for one in mailing(honour.resolution, by=secretariat, kind="invitation").letters.all():
        Letter.objects.filter(pk=one.pk).update(point=honour)
        register(one, by=secretariat)
        step(one, "send", by=secretariat, channel="post")
    assert '<option value="invitation" selected>Приглашение</option>' in page_of(client, "/letters/?kind=invitation")
    report = page_of(client, reverse("execution", args=[honour.resolution.slug]))
    assert "Отправлено: 2 приглашения, почтой" in report
