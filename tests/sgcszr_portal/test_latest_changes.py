"""«Последние изменения» tell what people did lately; earlier years that were loaded are one line of them."""

from pathlib import Path

import pytest
from django.test import Client, override_settings

from accounts.models import User
from resolutions.models import PastImport, PointAction, Resolution
from resolutions.past.plan import PastPlan
from resolutions.past.uploads import apply
from tests.conftest import ClientFor
from tests.resolutions.factory import decision, point_step
from tests.resolutions.past.books import book_of
from tests.resolutions.past.folder import Folder, day
from tests.resolutions.past.logged import past_upload

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOTE = PointAction.NOTE


@pytest.fixture
def upload(secretariat: User, tmp_path: Path) -> PastImport:
    """Somebody adopted a decision, then a folder was loaded with steps on both its own decision and that one."""
    decision("assignment", by=secretariat, slug="here")
    folder = Folder().decision().point().step(NOTE, "10.07.2024", point=1)
    folder.step(NOTE, "11.07.2024", decision="here", point=1)
    with override_settings(MEDIA_ROOT=tmp_path):
        stored = past_upload(book_of(folder.rows), by=secretariat)
        apply(stored, seen=PastPlan.from_json(stored.plan).seen, by=secretariat)
    return stored


def changes(visitor: Client) -> list[str]:
    return [change.what for change in visitor.get("/").context["overview"].changes]


def test_a_load_is_one_line_for_those_who_may_open_it(
    upload: PastImport, client_for: ClientFor, secretariat: User, chair: User, client: Client
) -> None:
    here = ["Решение принято", "Создан проект"]
    assert changes(client_for(secretariat)) == ["Загружены решения прошлых лет", *here]
    assert changes(client_for(chair)) == here
    assert changes(client) == here[:1]
    line = client_for(secretariat).get("/").context["overview"].changes[0]
    assert (line.where, line.url) == (str(upload), upload.get_absolute_url())


def test_what_is_done_later_about_a_loaded_decision_is_told(
    upload: PastImport, client: Client, secretariat: User
) -> None:
    point = Resolution.objects.get(versions__action="loaded").points.get()
    point_step(point, NOTE, text="Спросили ещё раз.", by=secretariat, on=day("12.07.2024"))
    assert changes(client) == ["Спросили ещё раз.", "Решение принято"]
