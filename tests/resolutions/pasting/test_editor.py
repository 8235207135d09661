"""A list of points that is pasted into the editor: shown, put in as rows, noticed in the field of one point."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from resolutions.editor import TOO_MANY
from resolutions.editor_forms import LIST_IN_POINT, STILL_HERE
from resolutions.models import Resolution
from resolutions.pasting.rich import LONGEST
from tests.conftest import ClientFor
from tests.resolutions.pasting.decision import POINTS, PREAMBLE, clipboard
from tests.resolutions.test_resolution_edit import posted, url

pytestmark = pytest.mark.slow

LIST = "1.\tПоручить секретариату:\nа)\tодно;\nб)\tдва.\n2.\tОбратиться в Министерство."


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def send(client: Client, draft: Resolution, **changes: Any) -> Any:
    return client.post(url(draft), posted(draft, **changes))


def as_sent_again(answer: Any) -> dict[str, Any]:
    """What the browser sends of the rows that an answer shows."""
    editor = answer.context["editor"]
    data: dict[str, Any] = {}
    for prefix, rows in (("preamble", editor.preamble), ("points", editor.points)):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        data |= {field.html_name: field.value() or "" for row in rows for field in row}
    return {name: value for name, value in data.items() if not (name.endswith("is_subpoint") and not value)}


def points(draft: Resolution) -> list[tuple[str, str, tuple[str, ...]]]:
    text = Resolution.objects.get(pk=draft.pk).text
    return [(one.kind, one.text, tuple(below.text for below in one.subpoints)) for one in text.points]


def test_a_pasted_list_is_shown_divided_and_nothing_is_stored(client: Client, draft: Resolution) -> None:
    answer = send(client, draft, row="pasting:show", title="О новом", **{"pasting-text": LIST})
    page = answer.content.decode()
    assert "<dt>Подпункт 4.2</dt><dd>два.</dd>" in page
    assert '<dt>Пункт 5 <span class="muted">Обращение</span></dt>' in page
    assert "Нумерация не переносится, портал нумерует сам: «1.», «а)», «б)», «2.»." in page
    assert "О новом</textarea>" in page
    assert Resolution.objects.get(pk=draft.pk).text == draft.text


def test_a_pasted_list_becomes_rows_below_the_points(client: Client, draft: Resolution) -> None:
    answer = send(client, draft, row="pasting:insert", **{"pasting-text": LIST, "points-0-text": "Набрано."})
    assert answer.context["editor"].pasting.pasted is None
    assert draft.points.count() == 3
    client.post(url(draft), posted(draft, **as_sent_again(answer)))
    assert points(draft)[0][1] == "Набрано."
    assert points(draft)[3:] == [
        ("assignment", "Поручить секретариату:", ("одно;", "два.")),
        ("appeal", "Обратиться в Министерство.", ()),
    ]


@pytest.mark.parametrize("name", ["word", "libreoffice"])
def test_a_decision_of_seven_points_comes_out(client: Client, draft: Resolution, name: str) -> None:
    answer = send(client, draft, row="pasting:all", **{"pasting-text": clipboard(f"{name}.txt")})
    client.post(url(draft), posted(draft, **as_sent_again(answer)))
    assert points(draft)[3:] == list(POINTS)
    texts = [row.text for row in draft.paragraphs.all()]
    assert texts == ["Первый абзац.", "Второй абзац.", *(PREAMBLE if name == "word" else ())]


def test_only_the_points_are_put_in_where_only_they_are_wanted(client: Client, draft: Resolution) -> None:
    answer = send(client, draft, row="pasting:insert", **{"pasting-text": clipboard("word.txt")})
    assert len(answer.context["editor"].preamble) == 2
    assert len(answer.context["editor"].points) == 3 + 7 + 7


def test_what_is_not_put_in_yet_is_not_lost_by_saving(client: Client, draft: Resolution) -> None:
    answer = send(client, draft, title="О новом", **{"pasting-text": LIST})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert STILL_HERE in page
    assert "Вставить эти пункты" in page
    assert Resolution.objects.get(pk=draft.pk).title == draft.title


def test_a_list_in_the_field_of_a_point_is_noticed(client: Client, draft: Resolution) -> None:
    answer = send(client, draft, **{"points-1-text": LIST})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert LIST_IN_POINT in page
    assert "<dt>Подпункт 2.1</dt><dd>одно;</dd>" in page
    assert 'value="points:1:divide"' in page
    assert Resolution.objects.get(pk=draft.pk).text == draft.text


def test_a_list_with_marks_of_fonts_is_noticed_before_its_signs_are_refused(client: Client, draft: Resolution) -> None:
    page = send(client, draft, **{"points-1-text": "Поручить:\n\uf0b7\tодно;\n\uf0b7\tдва."}).content.decode()
    assert LIST_IN_POINT in page
    assert "невидимый символ" not in page


def test_the_list_of_a_point_is_divided_in_its_place(client: Client, draft: Resolution) -> None:
    key = draft.text.points[1].key
    answer = send(client, draft, row="points:1:divide", **{"points-1-text": LIST})
    client.post(url(draft), posted(draft, **as_sent_again(answer)))
    stored = Resolution.objects.get(pk=draft.pk).text.points
    assert [one.number for one in stored] == [1, 2, 3, 4]
    assert (stored[1].key, stored[1].text, stored[1].kind) == (key, "Поручить секретариату:", "appeal")  # as it was
    assert [one.text for one in stored[1].subpoints] == ["одно;", "два."]
    assert (stored[2].text, stored[2].kind) == ("Обратиться в Министерство.", "appeal")


def test_the_list_of_a_subpoint_becomes_subpoints(client: Client, draft: Resolution) -> None:
    data = {"points-1-text": "1. одно;\n2. два.", "points-1-is_subpoint": "on"}
    answer = send(client, draft, row="points:1:divide", **data)
    client.post(url(draft), posted(draft, **as_sent_again(answer)))
    first, last = points(draft)
    assert first[2] == ("одно;", "два.")
    assert last[1] == "Выразить благодарность докладчикам."


def test_whoever_wants_one_paragraph_gets_it(client: Client, draft: Resolution) -> None:
    assert send(client, draft, **{"points-1-as_one": "1", "points-1-text": "1. одно;\n2. два."}).status_code == 302
    assert points(draft)[1][1] == "1. одно; 2. два."


@pytest.mark.parametrize("typed", ["Строка.\nДругая строка.", "1. Единственный пункт.", "В 2024 г.\n2024 год."])
def test_what_is_no_list_is_one_paragraph_as_before(client: Client, draft: Resolution, typed: str) -> None:
    assert send(client, draft, **{"points-1-text": typed}).status_code == 302
    assert points(draft)[1][1] == " ".join(typed.split())


def test_the_html_that_came_along_says_what_is_below_what(client: Client, draft: Resolution) -> None:
    html = "<ol><li>Поручить:<ol><li>одно;</li><li>два.</li></ol></li></ol>"
    data = {"points-1-text": "Поручить:\nодно;\nдва.", "points-1-html": html}
    assert LIST_IN_POINT in send(client, draft, **data).content.decode()
    moved = as_sent_again(send(client, draft, row="points:1:up", **data))
    answer = send(client, draft, row="points:0:divide", **moved)
    client.post(url(draft), posted(draft, **as_sent_again(answer)))
    assert points(draft)[0] == ("appeal", "Поручить:", ("одно;", "два."))


@pytest.mark.parametrize("row", ["pasting:insert", "points:1:divide"])
def test_more_rows_than_the_editor_holds_are_refused(client: Client, draft: Resolution, row: str) -> None:
    many = "\n".join(f"{n}. Пункт." for n in range(1, 200))
    answer = send(client, draft, row=row, **{"pasting-text": many, "points-1-text": many})
    assert "Строк стало бы больше 200" in answer.content.decode()
    assert len(answer.context["editor"].points) == 3
    assert answer.context["editor"].pasting["text"].value() == many


ROWS = ["pasting:insert", "pasting:", "points:9:divide", "preamble:0:divide", "points:1:divide"]


@pytest.mark.parametrize("row", ROWS)
def test_buttons_without_a_list_change_nothing(client: Client, draft: Resolution, row: str) -> None:
    answer = send(client, draft, row=row)
    shown = [form.initial["text"] for form in answer.context["editor"].points]
    assert shown == [one.text for one in draft.text.points]


def test_the_conflict_page_offers_the_editor_with_all_that_was_typed(client: Client, draft: Resolution) -> None:
    send(client, draft, title="О другом")
    answer = client.post(url(draft), posted(draft, version=1, **{"points-1-text": "Написано вторым."}))
    assert answer.status_code == 409
    assert "Вставить пункты из Word" in answer.content.decode()


def test_the_script_is_the_portals_own(client: Client, draft: Resolution) -> None:
    page = client.get(url(draft)).content.decode()
    assert '<script src="/static/js/pasting.js" defer></script>' in page
    assert page.count("data-keeps-html") == 4
    script = (Path(settings.BASE_DIR) / "static/js/pasting.js").read_text(encoding="utf-8")
    assert f"<= {LONGEST}" in script


def test_paragraphs_of_a_decision_in_one_point_go_where_the_preview_says(client: Client, draft: Resolution) -> None:
    answer = send(client, draft, row="points:1:divide", **{"points-1-text": clipboard("word.txt")})
    editor = answer.context["editor"]
    assert [one["text"].value() for one in editor.preamble] == ["Первый абзац.", "Второй абзац.", *PREAMBLE]
    assert len(editor.points) == 2 + 7 + 7


@pytest.mark.parametrize("prefix", ["preamble", "points"])
def test_the_201st_row_is_refused_in_words(client: Client, draft: Resolution, prefix: str) -> None:
    answer = send(client, draft, row=f"{prefix}:200:add", **{f"{prefix}-TOTAL_FORMS": 200})
    assert TOO_MANY in answer.content.decode()


def test_what_nobody_sees_is_no_reason_for_a_hint_after_a_row_was_moved(client: Client, draft: Resolution) -> None:
    typed = {"preamble-0-text": "\u200b\uf0b7 Раз\x0bдва \U0001f642", "title": "\ufeffО\x1eдругом", "reason": "1"}
    page = send(client, draft, row="preamble:0:down", **typed).content.decode()
    assert "Символ «\U0001f642» (U+1F642), 2-я строка, 5-й знак, на бумаге" in page
    assert page.count("на бумаге не напечатать") == 1


def test_what_is_said_of_one_list_is_not_said_of_another(client: Client, draft: Resolution) -> None:
    lists = {"points-0-text": "1. одно;\n2. два.", "points-1-text": LIST, "points-1-as_one": "1"}
    answer = send(client, draft, **lists)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert ('name="points-0-as_one" value="1">Сохранить' in page, 'value="points:1:divide"' in page) == (True, False)
    assert send(client, draft, **as_sent_again(answer) | {"points-0-as_one": "1"}).status_code == 302
    assert points(draft)[0][1] == "1. одно; 2. два."
