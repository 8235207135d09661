"""What the paper cannot print is said beside its field while it is edited, and stops what would print it."""

import html
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents import fonts
from documents.checklist import IssueRefused
from documents.fonts import FontMissing
from resolutions.correspondence.batches import sign_all, step_all
from resolutions.correspondence.signing import sign_letter
from resolutions.models import Letter, LetterAction, Mailing, Resolution, StepRefused
from resolutions.models.letter_wording import PRINTED
from resolutions.signing import sign
from resolutions.text import Paragraph, PointText, ResolutionText
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, mailing, register, step, town
from tests.resolutions.test_resolution_edit import posted

BAD = "Сделано 🚀"
TOLD = "имвол «🚀» (U+1F680), 9-й знак, на бумаге не напечатать: замените его."
HINT = f'_paper">С{TOLD}</p>'

PLACES = {
    "title": "Заголовок",
    "number": "Регистрационный номер",
    "place": "Место",
    "hearing": "Вводная фраза",
    "noting": "Формула «отмечает»",
    "deciding": "Формула «решило»",
    "signatory_position": "Должность подписывающего",
    "signatory_name": "Подписывающий",
    "union_name": "Название Союза",
    "body_name": "Орган",
    "preamble-1-text": "Констатирующая часть, абзац 2",
    "points-0-text": "Пункт 1",
}


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def page(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


@pytest.mark.parametrize(("field", "place"), PLACES.items())
def test_a_decision_is_saved_and_the_hint_stands_beside_its_field(
    client: Client, draft: Resolution, field: str, place: str
) -> None:
    address = reverse("resolution_edit", args=[draft.slug])
    saved = client.post(address, posted(draft, **{field: BAD}), follow=True)
    assert saved.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert f"{place}: с{TOLD}" in html.unescape(saved.content.decode())
    editor = page(client, address)
    assert editor.count(HINT) == 1
    assert f'id="id_{field}{HINT}' in editor
    assert f'aria-describedby="id_{field}_paper"' in editor or f'_helptext id_{field}_paper"' in editor


def test_a_row_that_is_moved_keeps_its_hint_and_the_reason_has_none(client: Client, draft: Resolution) -> None:
    sent = posted(draft, **{"points-0-text": BAD, "reason": BAD, "row": "points:0:up"})
    moved = html.unescape(client.post(reverse("resolution_edit", args=[draft.slug]), sent).content.decode())
    assert moved.count(HINT) == 1


def test_what_is_refused_for_something_else_shows_the_hint_too(client: Client, draft: Resolution) -> None:
    sent = posted(draft, title="", place=BAD)
    refused = client.post(reverse("resolution_edit", args=[draft.slug]), sent)
    assert refused.status_code == 422
    assert f'id="id_place{HINT}' in html.unescape(refused.content.decode())


WHERE: list[tuple[str, Callable[[ResolutionText], ResolutionText]]] = [
    ("Подпункт 1.1", lambda text: replace(text, points=(PointText(1, "appeal", "Раз.", (Paragraph(BAD),)),))),
    ("Констатирующая часть, абзац 1", lambda text: replace(text, preamble=(Paragraph(BAD),))),
    ("Подписывающий", lambda text: replace(text, signatory_name=BAD)),
]


@pytest.mark.parametrize(("place", "change"), WHERE)
def test_a_decision_waits_with_its_adoption(
    client: Client, text: ResolutionText, secretariat: User, place: str, change: Callable[[ResolutionText], Any]
) -> None:
    draft = Resolution.start(change(text), by=secretariat)
    with pytest.raises(StepRefused) as refusal:
        draft.adopt(version=draft.version, by=secretariat)
    assert str(refusal.value) == f"{place}: с{TOLD}"
    shown = page(client, draft.get_absolute_url())
    assert f"Пока отметить принятие нельзя.</strong> {place}: с{TOLD}" in shown
    assert "Отметить принятие</button>" not in shown


def test_what_was_adopted_before_is_not_signed(adopted: Resolution, chair: User) -> None:
    Resolution.objects.update(hearing=BAD)
    with pytest.raises(IssueRefused, match="Вводная фраза: с"):
        sign(Resolution.objects.get(), version=adopted.version, by=chair)


def test_the_draft_opens_where_nothing_can_be_printed(
    client: Client, draft: Resolution, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(text: str) -> list[tuple[int, str]]:
        raise FontMissing(fonts.SERIF)

    monkeypatch.setattr(fonts, "unprintable", missing)
    address = reverse("resolution_edit", args=[draft.slug])
    assert client.post(address, posted(draft, title=BAD)).status_code == 302
    assert "_paper" not in page(client, address)
    assert "нет шрифта" in page(client, draft.get_absolute_url())


@pytest.fixture
def letters(adopted: Resolution, secretariat: User) -> Mailing:
    return mailing(adopted, town("А"), town("Б"), by=secretariat)


@pytest.mark.parametrize("field", PRINTED)
def test_a_letter_is_saved_and_the_hint_stands_beside_its_field(client: Client, letters: Mailing, field: str) -> None:
    one = letters.letters.earliest("pk")
    address, column = reverse("letter_edit", args=[one.pk]), cast(Any, Letter._meta.get_field(field))
    data = {name: getattr(one, name) for name in PRINTED} | {"version": one.version, field: BAD}
    saved = client.post(address, data, follow=True)
    assert f"{str(column.verbose_name).capitalize()}: с{TOLD}" in html.unescape(saved.content.decode())
    editor = page(client, address)
    assert editor.count(HINT) == 1
    assert f'id="id_{field}{HINT}' in editor


def test_in_a_letter_of_several_paragraphs_the_line_is_named(client: Client, letters: Mailing) -> None:
    one = letters.letters.earliest("pk")
    Letter.objects.filter(pk=one.pk).update(body="Первый.\nВот 漢.\nПриложение: план 🚀 на 2 л. в 1 экз.")
    told = "Символы «漢» (U+6F22), 2-я строка, 5-й знак; «🚀» (U+1F680), 3-я строка, 18-й знак, на бумаге не напечатать"
    assert told in page(client, reverse("letter_edit", args=[one.pk]))


def test_who_answers_is_no_text_of_the_paper(client: Client, adopted: Resolution, secretariat: User) -> None:
    data = {"title": BAD, "heading": BAD, "form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    refused = client.post(reverse("mailing_add", args=[adopted.slug, "circular"]), data)
    shown = html.unescape(refused.content.decode())
    assert f'id="id_heading{HINT}' in shown
    assert shown.count(HINT) == 1


def test_one_letter_of_a_mailing_stops_the_signing_of_all(letters: Mailing, chair: User, secretariat: User) -> None:
    for one in letters.letters.all():
        register(one, by=secretariat)
    last = letters.letters.latest("pk")
    Letter.objects.filter(pk=last.pk).update(executor=BAD)
    with pytest.raises(IssueRefused, match="Исполнитель: с"):
        sign_all(letters, dict(letters.letters.values_list("pk", "version")), is_public=False, by=chair)
    last.refresh_from_db()
    with pytest.raises(IssueRefused, match="Исполнитель: с"):
        sign_letter(last, version=last.version, is_public=False, by=chair)
    assert not Letter.objects.exclude(issued_document=None).exists()


def test_what_is_signed_on_paper_is_not_sent_either(client: Client, letters: Mailing, secretariat: User) -> None:
    for one in letters.letters.all():
        register(one, by=secretariat)
    Letter.objects.filter(pk=letters.letters.latest("pk").pk).update(body=BAD)
    last = letters.letters.latest("pk")
    with pytest.raises(StepRefused, match="Текст письма: с"):
        step(last, "send", by=secretariat, channel="post")
    assert f"Текст письма: с{TOLD}" in page(client, last.get_absolute_url())
    assert step_all(letters, LetterAction.SEND, by=secretariat, happened_on=DAY, channel="post") == 1
    assert Letter.objects.get(pk=last.pk).state == "registered"


def test_a_number_that_cannot_be_printed_is_not_taken_for_it_would_stay(
    client: Client, letters: Mailing, secretariat: User
) -> None:
    one = letters.letters.earliest("pk")
    data = {"number": BAD, "happened_on": DAY.isoformat(), "version": one.version}
    refused = client.post(reverse("letter_step", args=[one.pk, LetterAction.REGISTER]), data)
    assert refused.status_code == 422
    assert f"С{TOLD}" in html.unescape(refused.content.decode())
    one.refresh_from_db()
    assert (one.state, one.number) == ("draft", "")
