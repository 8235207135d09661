"""`/resolutions/<slug>/edit/`: the editor of a draft."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.editor import hearing_of
from resolutions.models import Resolution
from tests.conftest import ClientFor

pytestmark = pytest.mark.slow


def url(resolution: Resolution) -> str:
    return reverse("resolution_edit", args=[resolution.slug])


def posted(resolution: Resolution, **changes: Any) -> dict[str, Any]:
    """What the browser sends when nothing was touched, with changes."""
    text = resolution.text
    data: dict[str, Any] = {name: value or "" for name, value in vars(text).items() if isinstance(value, str | None)}
    data |= {"adopted_on": text.adopted_on.isoformat() if text.adopted_on else "", "version": resolution.version}
    data["composed_of"] = text.title if text.hearing == hearing_of(text.title) else ""
    data |= {"preamble-TOTAL_FORMS": len(text.preamble), "preamble-INITIAL_FORMS": len(text.preamble)}
    data |= {"points-TOTAL_FORMS": len(text.points), "points-INITIAL_FORMS": len(text.points), "reason": ""}
    for n, paragraph in enumerate(text.preamble):
        data |= {f"preamble-{n}-key": paragraph.key, f"preamble-{n}-text": paragraph.text}
    for n, point in enumerate(text.points):
        data |= {f"points-{n}-key": point.key, f"points-{n}-kind": point.kind, f"points-{n}-text": point.text}
    return data | changes


def preamble(resolution: Resolution) -> list[str]:
    return [row.text for row in resolution.paragraphs.all()]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_the_editor_shows_the_stored_text(client: Client, draft: Resolution) -> None:
    page = client.get(url(draft)).content.decode()
    assert all(part in page for part in ("Первый абзац.", "Второй абзац.", "Выразить благодарность докладчикам."))


def test_a_corrected_word_is_saved_and_remembered(client: Client, draft: Resolution, secretariat: User) -> None:
    data = posted(draft, **{"preamble-1-text": "Второй, исправленный абзац.", "reason": "Опечатка"})
    assert client.post(url(draft), data).status_code == 302
    stored = Resolution.objects.get(pk=draft.pk)
    version = stored.versions.latest("number")
    assert preamble(stored) == ["Первый абзац.", "Второй, исправленный абзац."]
    assert (version.number, version.reason, version.actor) == (2, "Опечатка", secretariat)


def test_the_history_shows_who_changed_which_word(client: Client, draft: Resolution, secretariat: User) -> None:
    client.post(url(draft), posted(draft, **{"preamble-0-text": "Первый важный абзац."}))
    page = client.get(reverse("resolution_history", args=[draft.slug])).content.decode()
    assert re.search(r"<ins> ?важный ?</ins>", page)
    assert secretariat.name in page


def test_pasted_lines_become_paragraphs_with_single_spaces(client: Client, draft: Resolution) -> None:
    client.post(url(draft), posted(draft, **{"preamble-0-text": "Один\u00a0 раз.\r\n\r\n  Два раза."}))
    assert preamble(draft) == ["Один раз.", "Два раза.", "Второй абзац."]


def keys(resolution: Resolution) -> list[str]:
    text = Resolution.objects.get(pk=resolution.pk).text
    return [row.key for row in text.preamble] + [row.key for row in text.points]


def test_paragraphs_and_points_keep_their_keys_wherever_they_are_moved(client: Client, draft: Resolution) -> None:
    before = keys(draft)
    data = posted(draft)
    for rows in ("preamble", "points"):
        for part in ("key", "kind", "text") if rows == "points" else ("key", "text"):
            first, second = f"{rows}-0-{part}", f"{rows}-1-{part}"
            data[first], data[second] = data[second], data[first]
    assert client.post(url(draft), data).status_code == 302
    assert keys(draft) == [before[1], before[0], before[3], before[2], before[4]]


def test_the_first_of_the_pasted_paragraphs_keeps_the_key(client: Client, draft: Resolution) -> None:
    before = keys(draft)
    client.post(url(draft), posted(draft, **{"preamble-0-text": "Один.\nДва."}))
    after = keys(draft)
    assert (after[0], after[2:]) == (before[0], before[1:])
    assert after[1] not in before


@pytest.mark.parametrize("sent", ["", "чужой!!!", "a" * 9, "the key of the first"])
def test_what_comes_without_a_usable_key_gets_a_new_one(client: Client, draft: Resolution, sent: str) -> None:
    first, second = keys(draft)[:2]
    client.post(url(draft), posted(draft, **{"preamble-1-key": first if sent.startswith("the") else sent}))
    after = keys(draft)
    assert after[0] == first
    assert after[1] not in (first, second, sent)
    assert len(set(after)) == len(after) == 5


def test_a_point_becomes_a_subpoint_and_keeps_its_key(client: Client, draft: Resolution) -> None:
    before = draft.text.points
    client.post(url(draft), posted(draft, **{"points-1-is_subpoint": "on"}))
    first, third = Resolution.objects.get(pk=draft.pk).text.points
    assert [(one.key, one.text) for one in first.subpoints] == [(before[1].key, before[1].text)]
    assert (third.number, third.key) == (2, before[2].key)
    page = client.get(url(draft)).content.decode()
    assert "<legend>Подпункт 1.1</legend>" in page
    assert "<legend>Пункт 2</legend>" in page


def test_the_first_row_cannot_be_a_subpoint(client: Client, draft: Resolution) -> None:
    response = client.post(url(draft), posted(draft, **{"points-0-is_subpoint": "on"}))
    assert response.status_code == 422
    assert "Первая строка не может быть подпунктом: выше неё нет пункта." in response.content.decode()
    assert draft.points.count() == 3


@pytest.mark.parametrize(
    ("row", "order"),
    [
        ("points:2:up", [2, 0, 1]),
        ("points:0:down", [2, 0, 1]),
        ("points:1:up", [1, 0, 2]),
        ("points:1:down", [0, 2, 1]),
        ("points:2:down", [0, 1, 2]),
    ],
)
def test_subpoints_move_with_their_point(client: Client, draft: Resolution, row: str, order: list[int]) -> None:
    texts = [point.text for point in draft.text.points]
    response = client.post(url(draft), posted(draft, row=row, **{"points-1-is_subpoint": "on"}))
    shown = response.context["editor"].points
    assert [form.initial["text"] for form in shown] == [texts[n] for n in order]
    assert [bool(form.initial["is_subpoint"]) for form in shown] == [n == 1 for n in order]


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("preamble:1:up", ["Второй абзац.", "Первый абзац."]),
        ("preamble:0:down", ["Второй абзац.", "Первый абзац."]),
        ("preamble:0:remove", ["Второй абзац."]),
        ("preamble:2:add", ["Первый абзац.", "Второй абзац.", ""]),
        ("preamble:1:add", ["Первый абзац.", "", "Второй абзац."]),
        ("preamble:0:up", ["Первый абзац.", "Второй абзац."]),
        ("preamble:9:remove", ["Первый абзац.", "Второй абзац."]),
        ("elsewhere:x:y", ["Первый абзац.", "Второй абзац."]),
    ],
)
def test_rows_move_on_the_screen_and_nothing_is_stored(
    client: Client, draft: Resolution, row: str, texts: list[str]
) -> None:
    response = client.post(url(draft), posted(draft, row=row, title="О новом"))
    editor = response.context["editor"]
    assert [form.initial["text"] for form in editor.preamble] == texts
    assert editor.requisites["title"].value() == "О новом"
    assert Resolution.objects.get(pk=draft.pk).versions.count() == 1


def test_htmx_gets_the_editor_alone(client: Client, draft: Resolution) -> None:
    response = client.post(url(draft), posted(draft, row="points:0:remove"), headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div id="text-editor"')


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("preamble-0-text", "", "Абзац пуст"),
        ("points-1-text", "  ", "Пункт пуст"),
        ("title", "Kотлас", "буква «K» – латинская"),
        ("points-0-text", "Kотлас", "буква «K» – латинская"),
        ("title", "О" * 401, "не более 400"),
        ("adopted_on", "вчера", "правильную дату"),
        ("adopted_on", "0024-06-27", "Проверьте год"),
        ("points-0-kind", "order", "Выберите корректный вариант"),
        ("points-TOTAL_FORMS", "сто", "Форма пришла не целиком"),
        ("points-TOTAL_FORMS", "9999", "не более 200"),
        ("preamble-0-text", "Абзац.\n" * 200, "не более 200"),
        ("version", "", "Обязательное поле"),
    ],
)
def test_bad_input_is_explained_and_changes_nothing(
    client: Client, draft: Resolution, field: str, value: str, sentence: str
) -> None:
    response = client.post(url(draft), posted(draft, **{field: value}))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Resolution.objects.get(pk=draft.pk).text == draft.text


def test_an_empty_row_is_explained_even_when_it_is_said_to_be_new(client: Client, draft: Resolution) -> None:
    response = client.post(url(draft), posted(draft, **{"preamble-TOTAL_FORMS": 3, "preamble-INITIAL_FORMS": 0}))
    assert response.status_code == 422
    assert "Абзац пуст" in response.content.decode()


def test_the_second_writer_sees_both_texts_and_loses_nothing(client: Client, draft: Resolution) -> None:
    client.post(url(draft), posted(draft, **{"preamble-0-text": "Написано первым."}))
    response = client.post(url(draft), posted(draft, **{"preamble-1-text": "Написано вторым."}))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Написано" in page
    assert preamble(draft) == ["Написано первым.", "Второй абзац."]
    merged = {"preamble-0-text": "Написано первым.", "preamble-1-text": "Написано вторым."}
    assert 'name="version" value="2"' in page
    assert client.post(url(draft), posted(draft, **merged, version=2)).status_code == 302
    assert preamble(draft) == ["Написано первым.", "Написано вторым."]


@pytest.mark.parametrize("state", ["adopted", "signed"])
def test_a_fixed_text_is_refused_with_the_reason(client: Client, request: pytest.FixtureRequest, state: str) -> None:
    resolution: Resolution = request.getfixturevalue(state)
    response = client.post(url(resolution), posted(resolution, title="О другом"))
    assert response.status_code == 403
    assert "больше не мен" in response.content.decode()
    assert Resolution.objects.get(pk=resolution.pk).title == "О благоустройстве"


def test_without_the_csrf_token_nothing_changes(draft: Resolution, secretariat: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretariat)
    assert strict.post(url(draft), posted(draft, title="О другом")).status_code == 403
    assert Resolution.objects.get(pk=draft.pk).title == "О благоустройстве"


@pytest.mark.parametrize(
    "changes",
    [
        {"row": "preamble:0:up", "preamble-TOTAL_FORMS": "9" * 4301},
        {"row": f"preamble:{'9' * 5000}:up"},
        {"row": "preamble:²:up", "points-TOTAL_FORMS": "²"},
        {"preamble-TOTAL_FORMS": "9" * 4301},
    ],
)
def test_no_number_is_too_long_for_the_editor(client: Client, draft: Resolution, changes: dict[str, str]) -> None:
    answer = client.post(url(draft), posted(draft, **changes))
    assert answer.status_code == (200 if "row" in changes else 422)
    assert preamble(draft) == ["Первый абзац.", "Второй абзац."]
