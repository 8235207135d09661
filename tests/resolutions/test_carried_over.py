"""The migration that gives earlier records their steps."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("resolutions", "0004_survey_round")]


@pytest.fixture
def old_apps() -> Any:
    """The models as they were; the present ones come back afterwards."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    latest = MigrationExecutor(connection)
    latest.migrate(latest.loader.graph.leaf_nodes())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_progress_gets_its_steps_and_registered_letters_their_state(old_apps: Any) -> None:
    model = old_apps.get_model
    resolution = model("resolutions", "Resolution").objects.create(slug="r", status="adopted", adopted_on="2024-06-27")
    point = model("resolutions", "DecisionPoint").objects.create(resolution=resolution, number=1, kind="appeal")
    for before, after in (("planned", "in_progress"), ("in_progress", "in_progress"), ("in_progress", "reported")):
        model("resolutions", "ProgressEntry").objects.create(
            point=point, happened_on="2024-07-01", text="Т", state_before=before, state_after=after, author_name="А"
        )
    letters = model("resolutions", "Letter").objects
    letters.create(
        resolution=resolution, kind="appeal", point=point, addressee="Всем", number="7", date="2024-07-05", year=2024
    )
    letters.create(resolution=resolution, kind="circular", addressee="Ёлкину")

    latest = MigrationExecutor(connection)
    latest.migrate(latest.loader.graph.leaf_nodes())

    from resolutions.models import Letter, ProgressEntry

    assert list(ProgressEntry.objects.order_by("pk").values_list("action", flat=True)) == ["start", "note", "report"]
    registered, draft = Letter.objects.order_by("pk")
    assert (registered.state, registered.steps.get().happened_on) == ("registered", dt.date(2024, 7, 5))
    assert (draft.state, draft.steps.count()) == ("draft", 0)
    assert "елкину" in draft.search_text
