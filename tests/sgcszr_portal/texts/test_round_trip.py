"""Random texts of all Unicode categories, typed at five doors, come out as they were taken in, or are told about."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import User
from municipalities.importing.applying import apply
from municipalities.importing.batches import start
from municipalities.importing.plan import Plan, digest
from municipalities.models import Municipality, ParticipationRecord
from resolutions.correspondence.papers import render_letter_text
from resolutions.correspondence.text import LetterText
from resolutions.models import Letter, Resolution
from russian.text import paragraphs, tidy
from tests.conftest import ClientFor
from tests.municipalities.factory import city, statement
from tests.municipalities.imports.books import exported, upload, with_cells
from tests.municipalities.surveys.factory import a_round, path_to, question, response_of
from tests.papers import paper
from tests.resolutions.factory import letter as letter_of
from tests.resolutions.test_letter import post as post_letter
from tests.resolutions.test_resolution_edit import posted
from tests.sgcszr_portal.texts.random_texts import random_texts
from tests.sgcszr_portal.texts.ways_out import as_printed, in_page, in_paper, in_sheets, in_word, with_spaces

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OF_A_DOOR = 40  # texts; five doors make two hundred
SEEDS = [pytest.param(0), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 10))]
OTHERWISE = "Текст."

Typed = dict[str, str]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def taken_in(send: Callable[[Typed], Any], typed: Typed) -> Typed:
    """Type texts into fields; the fields that were told about are sent again with another text.

    Returns:
        What was taken in, as it was typed.
    """
    answer = send(typed)
    if answer.status_code == 422:
        page = answer.content.decode()
        told = re.findall(
            r'field--invalid">.*?<ul class="errorlist[^>]*>\s*<li>([^<]+)</li>.*?name="([^"]+)"', page, re.DOTALL
        )
        refused = {name: sentence for sentence, name in told if name in typed}
        assert refused, re.findall(r"errorlist.*?</ul>", page, re.DOTALL)
        assert all(re.search("[а-яё]{4}", sentence) for sentence in refused.values())
        typed = {name: OTHERWISE if name in refused else text for name, text in typed.items()}
        answer = send(typed)
    assert answer.status_code == 302, re.findall(r"errorlist.*?</ul>", answer.content.decode(), re.DOTALL)
    return typed


def assert_all_in(texts: list[str], page: str) -> None:
    """Each of the texts stands in a page or a Word file, whatever its spaces."""
    missing = [text for text in texts if with_spaces(text) not in page]
    assert missing == []


def assert_printed(texts: list[str], content: bytes) -> None:
    """Each of the texts stands on the paper, with its substitutes."""
    text = in_paper(content)
    missing = [one for one in texts if as_printed(one) not in text]
    assert missing == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_draft(client: Client, draft: Resolution, seed: int) -> None:
    texts = random_texts(OF_A_DOOR, seed)
    names = [f"preamble-{n}-text" for n in range(OF_A_DOOR // 2)] + [f"points-{n}-text" for n in range(OF_A_DOOR // 2)]
    rows = {f"{part}-{rest}": OF_A_DOOR // 2 for part in ("preamble", "points") for rest in ("TOTAL_FORMS",)}
    keys = {f"points-{n}-kind": "recommendation" for n in range(OF_A_DOOR // 2)}
    keys |= {f"{part}-{n}-key": "" for part in ("preamble", "points") for n in range(OF_A_DOOR // 2)}
    url = reverse("resolution_edit", args=[draft.slug])
    typed = taken_in(
        lambda fields: client.post(url, posted(draft) | rows | keys | fields), dict(zip(names, texts, strict=True))
    )
    of_preamble = [line for name, text in typed.items() if name.startswith("preamble") for line in paragraphs(text)]
    of_points = [tidy(text) for name, text in typed.items() if name.startswith("points")]
    address = reverse("decision_pdf", args=[draft.slug])
    content = client.get(address).content
    told = json.loads(PdfReader(BytesIO(content)).attachments["decision.json"][0])
    assert [one["text"] for one in told["preamble"]] == of_preamble
    assert [one["text"] for one in told["points"]] == of_points
    assert_printed([*of_preamble, *of_points], content)
    assert_all_in([*of_preamble, *of_points], in_page(client.get(draft.get_absolute_url()).content.decode()))
    word = client.get(reverse("decision_docx", args=[draft.slug])).content
    assert_all_in([*of_preamble, *of_points], in_word(word))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_letter(client: Client, adopted: Resolution, seed: int) -> None:
    texts = random_texts(OF_A_DOOR, seed + 100)
    names = ("addressee", "heading", "salutation", "executor")
    letter = letter_of(
        adopted, correspondent=None, reply_days=None, signatory_position="Председатель", signatory_name="Н.В. Корягина"
    )

    def send(fields: Typed) -> Any:
        body = "\n".join(texts[len(names) :]) if fields["body"] != OTHERWISE else OTHERWISE
        return post_letter(client, letter, **fields | {"body": body, "reply_days": "", "body-letters": "kept"})

    typed = taken_in(send, dict(zip(names, texts, strict=False)) | {"body": "многое"})
    body = [line for text in texts[len(names) :] for line in paragraphs(text)]
    lines = [line for name in ("addressee", "executor") for line in paragraphs(typed[name])]
    said = [tidy(typed["heading"]), tidy(typed["salutation"]), *lines, *body]
    stored = Letter.objects.get(pk=letter.pk)
    assert stored.body == "\n".join(body)
    assert_all_in(said, in_page(client.get(stored.get_absolute_url()).content.decode()))
    assert_all_in(said, in_word(client.get(reverse("letter_docx", args=[letter.pk])).content))
    assert_printed(said, client.get(reverse("letter_pdf", args=[letter.pk])).content)
    content = render_letter_text(LetterText.of(stored), created=timezone.now())  # as if it were issued
    told = json.loads(PdfReader(BytesIO(content)).attachments["letter.json"][0])
    assert told["paragraphs"] == body


@pytest.mark.parametrize("seed", SEEDS)
def test_a_participation(client: Client, seed: int) -> None:
    stored = []
    for number, text in enumerate(random_texts(OF_A_DOOR, seed + 200), start=1):
        town = city(f"Город {number}", number)
        said = {"status": "pilot", "effective_on": "2024-06-27", "comment": "", "version": town.version}
        url = f"/municipalities/{town.slug}/participation/"
        typed = taken_in(lambda fields, url=url, said=said: client.post(url, said | fields), {"basis": text})  # type: ignore[misc]  # a default of a lambda
        stored.append(tidy(typed["basis"]))
        assert_all_in(stored[-1:], in_page(client.get(town.get_absolute_url()).content.decode()))
    assert [one.basis for one in ParticipationRecord.objects.order_by("pk")] == stored
    assert set(stored) <= in_sheets(exported())


@pytest.mark.parametrize("seed", SEEDS)
def test_an_answer_by_a_personal_link(client: Client, kostroma: Municipality, secretariat: User, seed: int) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    asked = [question(survey, "text", f"Вопрос {number}") for number in range(1, OF_A_DOOR + 1)]
    texts = random_texts(OF_A_DOOR, seed + 300)
    said = {"participation": "pilot", "participation_basis": "", "respondent": "И.И. Иванов", "action": "submit"}
    said |= {"version": str(response_of(survey, kostroma).version)}
    url = path_to(response_of(survey, kostroma))
    fields = {f"question-{one.pk}": text for one, text in zip(asked, texts, strict=True)}
    typed = taken_in(lambda sent: Client().post(url, said | sent), fields)
    answered = ["\n".join(paragraphs(typed[f"question-{one.pk}"])) for one in asked]
    answers = {one.question_id: one.value for one in response_of(survey, kostroma).answers.all()}
    assert [answers.get(one.pk, "") for one in asked] == answered
    response = response_of(survey, kostroma)
    response.accept(version=response.version, by=secretariat)
    assert_all_in(answered, in_page(client.get(response.get_absolute_url()).content.decode()))
    assert set(filter(None, answered)) <= in_sheets(paper(client, f"/surveys/{survey.pk}/summary.xlsx").content)
    assert_printed(answered, paper(client, f"/surveys/{survey.pk}/summary.pdf").content)


def in_excel(text: str) -> str:
    """A text as Excel writes it: what XML cannot hold by its code."""
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda sign: f"_x{ord(sign.group()):04X}_", text)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_workbook(client: Client, secretariat: User, written_columns: None, own_files: None, seed: int) -> None:
    texts = random_texts(OF_A_DOOR, seed + 400)
    for number in range(1, OF_A_DOOR + 1):
        statement(city(f"Город {number:02}", number), on="2024-06-27")
    cells = {f"I{row}": in_excel(text) for row, text in enumerate(texts, start=5) if tidy(text)}
    batch = start([upload(with_cells(exported(), **cells), "реестр.xlsx")], by=secretariat)
    assert Plan.from_json(batch.plan).errors == []
    apply(batch, seen=digest(batch.plan), by=secretariat)
    said = {tidy(text) for text in texts if tidy(text)}
    assert said <= {one.basis for one in ParticipationRecord.objects.all()}
    assert said <= in_sheets(exported())
