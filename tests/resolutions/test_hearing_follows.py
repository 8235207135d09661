"""The introductory phrase follows the heading of a draft until somebody words it themselves."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from resolutions.models import Resolution
from tests.conftest import ClientFor
from tests.resolutions.test_resolution_edit import posted, url

pytestmark = pytest.mark.slow

COMPOSED = "Заслушав и обсудив информацию по вопросу «{}»,"
FOLLOWED = "Вводная фраза изменена вслед за заголовком."


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def saved(client: Client, draft: Resolution, **changes: Any) -> tuple[str, str]:
    """The phrase that was stored, and the page that says so."""
    stored = Resolution.objects.get(pk=draft.pk)
    page = client.post(url(draft), posted(stored, **changes), follow=True).content.decode()
    return Resolution.objects.get(pk=draft.pk).hearing, page


def test_an_untouched_phrase_follows_the_heading_and_that_is_said(client: Client, draft: Resolution) -> None:
    hearing, page = saved(client, draft, title="О проекте «Умный город»")
    assert hearing == COMPOSED.format("О проекте „Умный город“")
    assert f"Изменения сохранены. {FOLLOWED}" in page
    assert saved(client, draft, title="О другом")[0] == COMPOSED.format("О другом")


def test_a_phrase_that_was_worded_by_hand_stays(client: Client, draft: Resolution) -> None:
    saved(client, draft, hearing="Обсудив доклад,")
    hearing, page = saved(client, draft, title="О другом")
    assert (hearing, FOLLOWED in page) == ("Обсудив доклад,", False)


def test_of_both_changed_at_once_the_typed_one_stays(client: Client, draft: Resolution) -> None:
    hearing, page = saved(client, draft, title="О другом", hearing="Обсудив доклад,")
    assert (hearing, FOLLOWED in page) == ("Обсудив доклад,", False)


@pytest.mark.parametrize("hearing", ["", COMPOSED.format("О благоустройстве")])
def test_an_old_heading_changes_no_phrase(client: Client, draft: Resolution, hearing: str) -> None:
    stored, page = saved(client, draft, hearing=hearing, place="г. Ярославль")
    assert (stored, FOLLOWED in page) == (hearing, False)


def test_a_phrase_that_was_taken_out_does_not_come_back(client: Client, draft: Resolution) -> None:
    saved(client, draft, hearing="")
    assert saved(client, draft, title="О другом")[0] == ""


def test_the_second_writer_is_offered_the_phrase_of_their_heading(client: Client, draft: Resolution) -> None:
    saved(client, draft, **{"points-0-text": "Написано первым."})
    answer = client.post(url(draft), posted(draft, title="О другом", version=1))
    assert answer.status_code == 409
    assert COMPOSED.format("О другом") in answer.content.decode()


def test_the_phrase_follows_the_heading_of_the_second_writer_where_the_first_changed_it_too(
    client: Client, draft: Resolution
) -> None:
    opened = posted(draft, title="О третьем")
    saved(client, draft, title="О втором")
    again = client.post(url(draft), opened).context["form"]
    assert again.requisites["hearing"].value() == COMPOSED.format("О третьем")
    at_last = opened | {"version": "2", "title": "О четвёртом"}
    at_last |= {name: again.requisites[name].value() for name in ("hearing", "composed_of")}
    assert client.post(url(draft), at_last).status_code == 302
    assert Resolution.objects.get(pk=draft.pk).hearing == COMPOSED.format("О четвёртом")


def test_the_phrase_follows_a_heading_that_was_corrected_before_a_row_was_moved(
    client: Client, draft: Resolution
) -> None:
    answer = client.post(url(draft), posted(draft, row="points:0:down", title="О другом"))
    sent = {name: answer.context["editor"].requisites[name].value() for name in ("hearing", "title", "composed_of")}
    assert saved(client, draft, **sent)[0] == COMPOSED.format("О другом")


def test_a_page_of_the_editor_tells_of_which_heading_its_phrase_is(client: Client, draft: Resolution) -> None:
    field = f'name="composed_of" value="{draft.title}"'
    assert field in client.get(url(draft)).content.decode()
    saved(client, draft, hearing="Обсудив доклад,")
    assert field not in client.get(url(draft)).content.decode()
