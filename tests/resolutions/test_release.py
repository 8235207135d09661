"""Обнародование: what everybody may read of a letter, from which day on, until when."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.models import IssuedDocument
from documents.withdrawing import withdraw
from resolutions.correspondence.papers import copy_letter, render_letter
from resolutions.correspondence.signing import sign_letter
from resolutions.models import (
    AskOutcome,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    Letter,
    Mailing,
    NewIncoming,
    NewOutcome,
    Release,
    Resolution,
    StepRefused,
    register_incoming,
)
from revisions.models import EditConflict
from revisions.voiding import PREFIX
from sgcszr_portal.ledgers import faults
from tests.conftest import ClientFor
from tests.reading import to_the_end
from tests.resolutions.factory import DAY, GOVERNMENT, answer, mailing, register, release, send, step, upload
from tests.resolutions.factory import letter as draft_letter
from tests.resolutions.pdf import words_of

pytestmark = pytest.mark.slow

LATER, LATEST = dt.date(2024, 8, 1), dt.date(2024, 9, 1)
FIELDS = {
    "addressee": "Министру",
    "heading": "О поддержке",
    "body": "Просим помочь.",
    "signatory_position": "Председатель",
    "signatory_name": "Н.В. Корягина",
}


@pytest.fixture
def letter(adopted: Resolution, secretariat: User) -> Letter:
    """A registered letter."""
    made = draft_letter(adopted, **FIELDS)
    register(made, by=secretariat)
    return made


@pytest.fixture
def sent(letter: Letter, secretariat: User) -> Letter:
    """One that left on paper: nothing was issued of it."""
    step(letter, "send", by=secretariat, channel="post")
    return letter


def signed(letter: Letter, *, is_public: bool, by: User) -> Letter:
    letter.refresh_from_db()
    sign_letter(letter, version=letter.version, is_public=is_public, by=by)
    return Letter.objects.get(pk=letter.pk)


def paper_of(letter: Letter) -> IssuedDocument:
    document = Letter.objects.get(pk=letter.pk).issued_document
    assert document is not None
    return document


def url(name: str, letter: Letter, *more: int) -> str:
    return reverse(name, args=[letter.pk, *more])


def submit(client: Client, letter: Letter, **changes: Any) -> Any:
    letter.refresh_from_db()
    data = {"is_released": "yes", "happened_on": "2024-08-01", "text": "По запросу.", "version": letter.version}
    return client.post(url("letter_release", letter), data | changes)


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


# --- the ledger ---


def test_what_is_released_is_not_released_again_nor_taken_back_twice(sent: Letter, secretariat: User) -> None:
    with pytest.raises(StepRefused, match="которое действует"):
        release(sent, False, by=secretariat)
    release(sent, by=secretariat)
    with pytest.raises(StepRefused, match="Обнародовано и так"):
        release(sent, by=secretariat, on=LATER)
    release(sent, False, by=secretariat, on=LATER)
    assert [row.is_released for row in sent.releases.all()] == [False, True]


def test_a_row_dated_back_must_leave_the_later_ones_possible(sent: Letter, secretariat: User) -> None:
    release(sent, by=secretariat, on=LATER)
    with pytest.raises(StepRefused, match="«Обнародовано» от 1\xa0августа\xa02024"):
        release(sent, by=secretariat, on=DAY)


def test_it_is_read_as_of_a_day_and_as_known_on_a_day(sent: Letter, secretariat: User) -> None:
    with patch("django.utils.timezone.now", return_value=timezone.now() - dt.timedelta(days=3)):
        release(sent, by=secretariat)
    release(sent, False, by=secretariat, on=LATER)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    asked: list[tuple[dt.date, dict[str, Any], bool]] = [
        (DAY - dt.timedelta(days=1), {}, False),
        (DAY, {}, True),
        (LATER, {}, False),
        (LATER, {"known_on": yesterday}, True),
        (DAY, {"known_on": yesterday - dt.timedelta(days=5)}, False),
    ]
    for day, known, is_released in asked:
        assert sent.publicity_on(day, **known).is_released is is_released, (day, known)
        assert Letter.objects.with_release(day, **known).get().is_released is is_released, (day, known)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("days", "sentence"), [(1, "ещё не наступила"), (-(10**4), "Письмо датировано 5\xa0июля\xa02024")]
)
def test_no_day_lies_ahead_or_before_the_letter(sent: Letter, secretariat: User, days: int, sentence: str) -> None:
    with pytest.raises(StepRefused, match=sentence):
        release(sent, by=secretariat, on=timezone.localdate() + dt.timedelta(days=days))


def test_a_letter_is_released_once_its_text_is_fixed(letter: Letter, secretariat: User, chair: User) -> None:
    draft = draft_letter(letter.resolution)
    for unfinished in (draft, letter):
        with pytest.raises(StepRefused, match="подписано или отправлено"):
            release(unfinished, by=secretariat)
    signed(letter, is_public=False, by=chair)
    assert release(letter, by=secretariat, on=LATER).is_released


def test_an_outdated_page_releases_nothing(sent: Letter, secretariat: User) -> None:
    said: dict[str, Any] = {"happened_on": DAY, "text": "По просьбе.", "by": secretariat}
    seen = sent.version
    release(sent, by=secretariat)
    with pytest.raises(EditConflict):
        sent.release(False, version=seen, **said)
    with pytest.raises(EditConflict):
        sent.void_release(sent.releases.get(), reason="Нет.", version=seen, by=secretariat)


# --- signing ---


def test_signing_with_the_box_writes_the_release_of_the_day(letter: Letter, chair: User, client: Client) -> None:
    found = signed(letter, is_public=True, by=chair)
    (row,) = found.releases.all()
    assert (row.is_released, row.happened_on, row.actor) == (True, timezone.localdate(), chair)
    assert (paper_of(found).is_public, paper_of(found).prints_code) == (True, True)
    assert "Просим помочь." in read(client, found.get_absolute_url())


def test_signing_without_the_box_writes_none(letter: Letter, chair: User) -> None:
    found = signed(letter, is_public=False, by=chair)
    assert list(found.releases.all()) == []
    assert (paper_of(found).is_public, paper_of(found).prints_code) == (False, False)


def test_all_letters_of_a_mailing_are_released_together(
    adopted: Resolution, secretariat: User, chair: User, client_for: ClientFor
) -> None:
    ready: Mailing = mailing(adopted, by=secretariat)
    for one in ready.letters.all():
        register(one, by=secretariat)
    visitor, address = client_for(chair), reverse("mailing_sign", args=[ready.pk])
    visitor.post(address, visitor.get(address).context["form"].initial | {"is_public": "on"})
    assert [row.is_released for row in Release.objects.filter(letter__mailing=ready)] == [True, True]


def test_a_letter_that_is_signed_anew_is_as_public_as_the_chair_says_now(
    letter: Letter, chair: User, secretariat: User
) -> None:
    for said, counted in ((True, 1), (True, 1), (False, 2), (False, 2)):
        Letter.objects.filter(pk=letter.pk).update(heading=f"После {IssuedDocument.objects.count()} бумаг")
        found = signed(letter, is_public=said, by=chair)
        assert found.publicity_on().is_released is said
        assert found.releases.count() == counted
        withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    assert list(faults()) == []


# --- what everybody sees ---


def test_later_everything_follows_the_release_that_holds_and_no_byte_changes(
    letter: Letter, chair: User, secretariat: User, client: Client
) -> None:
    found = signed(letter, is_public=False, by=chair)
    paper = paper_of(found)
    bytes_before, addresses = paper.read(), [found.get_absolute_url(), url("letter_pdf", found)]
    addresses += [paper.get_absolute_url(), reverse("issued_document", args=[paper.verification_code])]
    for is_released, day, status in ((True, DAY, 200), (False, LATER, 404), (True, LATEST, 200)):
        release(found, is_released, by=secretariat, on=day)
        assert [client.get(one).status_code for one in addresses] == [status] * 4
        assert paper_of(found).read() == bytes_before
    assert client.get(url("letter_pdf", found)).content == bytes_before


def test_what_is_printed_again_follows_the_day_of_signing(
    letter: Letter, chair: User, secretariat: User, adopted: Resolution
) -> None:
    other = draft_letter(adopted, **FIELDS)
    register(other, by=secretariat)
    without, carrying = signed(letter, is_public=False, by=chair), signed(other, is_public=True, by=chair)
    release(without, by=secretariat)
    release(carrying, False, by=secretariat, on=timezone.localdate())
    for found, is_printed in ((without, False), (carrying, True)):
        current = Letter.objects.get(pk=found.pk)
        for printed in (render_letter(current), copy_letter(paper_of(found), ())):
            assert (paper_of(found).verification_code in " ".join(words_of(printed))) is is_printed


def test_a_withdrawn_paper_is_shown_where_its_code_is_printed(letter: Letter, chair: User, secretariat: User) -> None:
    papers = []
    for said in (False, True, True):
        papers.append(paper_of(signed(letter, is_public=said, by=chair)))
        withdraw(papers[-1], reason="Опечатка.", by=secretariat)
    shown = dict(IssuedDocument.objects.filter(kind="letter").values_list("pk", "is_public"))
    assert [shown[one.pk] for one in papers] == [False, True, True]
    release(letter, False, by=secretariat, on=timezone.localdate())
    assert not IssuedDocument.objects.filter(kind="letter", is_public=True).exists()


def test_a_text_that_is_being_corrected_is_shown_to_nobody(
    letter: Letter, chair: User, secretariat: User, client: Client
) -> None:
    found = signed(letter, is_public=True, by=chair)
    withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    Letter.objects.filter(pk=found.pk).update(body="Ещё не решено.")
    assert client.get(found.get_absolute_url()).status_code == 404
    assert client.get(url("letter_pdf", found)).status_code == 404
    assert "отозван" in read(client, paper_of(found).get_absolute_url())


def test_strangers_read_the_letter_and_nothing_of_its_way(
    sent: Letter, secretariat: User, chair: User, client: Client
) -> None:
    step(sent, "note", by=secretariat, text="Звонили в приёмную.")
    release(sent, by=secretariat)
    page = read(client, sent.get_absolute_url())
    for shown in ("Просим помочь.", "Министру", sent.number, "5\xa0июля\xa02024", "Обнародовано"):
        assert shown in page
    for hidden in ("Звонили", "По просьбе", str(secretariat), "Отправлено", "Срок ответа", "Что дальше", '/letters/"'):
        assert hidden not in page


def test_a_released_letter_is_found_on_the_card_of_its_point_and_is_no_part_of_the_register(
    adopted: Resolution, secretariat: User, client: Client
) -> None:
    point = adopted.points.get(number=2)
    appeal = draft_letter(adopted, kind="appeal", point=point, **FIELDS)
    send(appeal, by=secretariat)
    card = reverse("point", args=[adopted.slug, 2])
    assert appeal.get_absolute_url() not in read(client, card)
    release(appeal, by=secretariat)
    assert appeal.get_absolute_url() in read(client, card)
    assert client.get(reverse("letters")).status_code == 302


# --- the page ---


def test_the_secretariat_releases_and_takes_back_on_a_page(
    client_for: ClientFor, secretariat: User, sent: Letter
) -> None:
    visitor = client_for(secretariat)
    assert url("letter_release", sent) in read(visitor, sent.get_absolute_url())
    assert submit(visitor, sent).status_code == 302
    assert (
        submit(visitor, sent, is_released="no", text="По просьбе адресата.", happened_on="2024-09-01").status_code
        == 302
    )
    page = read(visitor, sent.get_absolute_url())
    for shown in ("По запросу.", "По просьбе адресата.", "Обнародование прекращено", str(secretariat)):
        assert shown in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Обязательное поле"),
        ({"happened_on": "2999-01-01"}, "ещё не наступила"),
        ({"is_released": "no"}, "которое действует"),
        ({"is_released": "perhaps"}, "Выберите"),
    ],
)
def test_what_is_wrong_is_said(
    client_for: ClientFor, secretariat: User, sent: Letter, changes: dict[str, str], sentence: str
) -> None:
    answer = submit(client_for(secretariat), sent, **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not sent.releases.exists()


def test_a_quicker_colleague_is_told(client_for: ClientFor, secretariat: User, sent: Letter) -> None:
    answer = submit(client_for(secretariat), sent, version=sent.version - 1)
    assert answer.status_code == 409
    assert "кто-то ещё" in answer.content.decode()
    assert answer.context["form"]["version"].value() == str(sent.version)


@pytest.mark.parametrize("persona", ["chair", "kostroma_official"])
def test_nobody_else_releases(
    client_for: ClientFor, request: pytest.FixtureRequest, persona: str, sent: Letter
) -> None:
    visitor = client_for(request.getfixturevalue(persona))
    assert submit(visitor, sent).status_code == 403
    assert url("letter_release", sent) not in read(visitor, sent.get_absolute_url())


def test_why_a_letter_is_not_released_yet_stands_among_the_steps(
    client_for: ClientFor, secretariat: User, letter: Letter
) -> None:
    visitor = client_for(secretariat)
    assert "которое подписано или отправлено" in read(visitor, letter.get_absolute_url())
    assert client_for(secretariat).get(url("letter_release", letter)).status_code == 403


def test_what_is_released_is_taken_back_even_when_there_is_nothing_to_show(
    letter: Letter, chair: User, secretariat: User, client_for: ClientFor
) -> None:
    found = signed(letter, is_public=True, by=chair)
    withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    today = timezone.localdate().isoformat()
    assert submit(client_for(secretariat), found, is_released="no", happened_on=today).status_code == 302
    assert not paper_of(found).is_public


# --- voided ---


def test_a_voided_row_hides_the_letter_and_stays_readable_as_voided(
    client_for: ClientFor, client: Client, letter: Letter, chair: User, secretariat: User
) -> None:
    found, visitor = signed(letter, is_public=True, by=chair), client_for(secretariat)
    address = url("letter_release_void", found, found.releases.get().pk)
    data = {"reason": "Отметка по ошибке.", "version": Letter.objects.get(pk=found.pk).version}
    assert visitor.post(address, data).status_code == 302
    assert not paper_of(found).is_public
    assert client.get(found.get_absolute_url()).status_code == 404
    page = read(visitor, found.get_absolute_url())
    for shown in ("Запись отменена", "Отметка по ошибке."):
        assert shown in page
    assert visitor.get(address).status_code == 403


def test_the_right_row_takes_the_place_of_the_wrong_one(client_for: ClientFor, secretariat: User, sent: Letter) -> None:
    wrong, visitor = release(sent, by=secretariat), client_for(secretariat)
    right = {"is_released": "yes", "happened_on": "2024-08-01", "text": "Верный день."}
    data = {"reason": "Не тот день.", "replaces": "on", "version": sent.version}
    data |= {f"{PREFIX}-{name}": value for name, value in right.items()}
    assert visitor.post(url("letter_release_void", sent, wrong.pk), data).status_code == 302
    assert sent.publicity_on().since == LATER


def test_the_right_row_of_the_same_day_stands_where_the_wrong_one_stood(sent: Letter, secretariat: User) -> None:
    wrong = release(sent, by=secretariat)
    release(sent, False, by=secretariat)
    right = sent.new_release(True, happened_on=DAY, text="Верное основание.", by=secretariat)
    sent.void_release(wrong, reason="Не то основание.", version=sent.version, by=secretariat, replacement=right)
    assert [row.is_released for row in sent.releases.in_force()] == [False, True]


def test_a_row_on_which_a_later_one_rests_is_not_voided(sent: Letter, secretariat: User) -> None:
    first = release(sent, by=secretariat)
    release(sent, False, by=secretariat, on=LATER)
    with pytest.raises(StepRefused, match="«Обнародование прекращено» от 1\xa0августа"):
        sent.void_release(first, reason="Ошибка.", version=sent.version, by=secretariat)


# --- compared ---


@pytest.mark.loose_ledgers
def test_a_paper_that_is_shown_without_a_release_is_told(letter: Letter, chair: User) -> None:
    found = signed(letter, is_public=False, by=chair)
    IssuedDocument.objects.filter(pk=paper_of(found).pk).show_to_everybody(True)
    assert [one for one in faults() if f"is_public of document {paper_of(found).pk} is True" in one]


def test_the_page_of_a_letter_asks_the_same_however_often_it_was_released(
    client: Client, sent: Letter, secretariat: User, django_assert_max_num_queries: Any
) -> None:
    for place in range(6):
        release(sent, place % 2 == 0, by=secretariat, on=DAY + dt.timedelta(days=place))
    release(sent, by=secretariat, on=LATER)
    with django_assert_max_num_queries(10):
        client.get(sent.get_absolute_url())


def test_of_an_appeal_the_public_sees_outcomes_and_the_words_only_while_it_is_released(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    appeal = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS, new_asks="дать денег")
    send(appeal, by=secretariat)
    entry = answer(appeal, by=secretariat, on=LATER, outcome="refused")
    entry.attach([upload("Отказ.pdf")], by=secretariat)
    file = entry.files.get()
    pages = [appeal_point.get_absolute_url(), reverse("execution", args=[appeal_point.resolution.slug])]
    for shown in (False, True, False):
        if shown or appeal.publicity_on().is_released:
            release(appeal, shown, by=secretariat, on=LATER if shown else LATEST)
        for url in pages:
            text = client.get(url).content.decode().replace("\xa0", " ")
            assert f"исх. № 1/24, отправлено 5 июля 2024 г.: {GOVERNMENT}" in text
            assert f"1 августа 2024 г. {GOVERNMENT}: отказано" in text
            assert ("дать денег" in text) == shown
            assert "вх. №" not in text
        page = client.get(appeal.get_absolute_url())
        assert page.status_code == (200 if shown else 404)
        assert ("Отказ.pdf" in page.content.decode()) == shown
        download = to_the_end(client.get(file.get_absolute_url()))
        assert download.status_code == (200 if shown else 404)


def test_what_answers_another_letter_too_waits_for_its_release(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    first, second = (
        draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS, new_asks=text) for text in "АБ"
    )
    for one in (first, second):
        send(one, by=secretariat)
    asks = [NewOutcome(one.asks.get(), AskOutcome.REFUSED) for one in (first, second)]
    assert first.correspondent
    came = NewIncoming(LATER, first.correspondent, text="Слова ответа.", outcomes=asks, files=[upload("Отказ.pdf")])
    file = register_incoming(came, by=secretariat).entries.get().files.get()
    for one, is_shown in ((first, False), (second, True)):
        release(one, by=secretariat, on=LATER)
        page = client.get(first.get_absolute_url()).content.decode()
        assert "отказано" in page
        assert ("Слова ответа." in page, "Отказ.pdf" in page) == (is_shown, is_shown)
        assert to_the_end(client.get(file.get_absolute_url())).status_code == (200 if is_shown else 404)


def test_an_answer_is_shown_with_the_letter_that_it_answers_whichever_bore_the_ask(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    first = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS)
    send(first, by=secretariat)
    ministry = Correspondent.objects.named("Минстрой России")
    facts: dict[str, Any] = {**FIELDS, "correspondent": ministry, "new_asks": ""}
    second = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **facts)
    CarriedAsk.objects.create(letter=second, ask=first.asks.get())
    send(second, by=secretariat)
    entry = answer(second, by=secretariat, on=LATER, outcome="refused")
    entry.attach([upload("Отказ.pdf")], by=secretariat)
    file = entry.files.get().get_absolute_url()
    release(first, by=secretariat, on=LATER)
    assert "Отказ.pdf" not in client.get(first.get_absolute_url()).content.decode()
    assert client.get(file).status_code == 404
    release(second, by=secretariat, on=LATER)
    release(first, False, by=secretariat, on=LATER)
    assert "Отказ.pdf" in client.get(second.get_absolute_url()).content.decode()
    assert to_the_end(client.get(file)).status_code == 200


def test_the_asks_of_a_text_that_is_being_corrected_are_shown_to_nobody(
    client: Client, appeal_point: DecisionPoint, secretariat: User, chair: User
) -> None:
    found = draft_letter(appeal_point.resolution, "appeal", point=appeal_point, **FIELDS, new_asks="дать денег")
    register(found, by=secretariat)
    found = signed(found, is_public=True, by=chair)
    pages = [appeal_point.get_absolute_url(), reverse("execution", args=[appeal_point.resolution.slug])]
    assert all("дать денег" in client.get(one).content.decode() for one in pages)
    withdraw(paper_of(found), reason="Опечатка.", by=secretariat)
    assert not any("дать денег" in client.get(one).content.decode() for one in pages)
