"""What asks no database is tested on one only; nothing that could ask one is left out."""

from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from tests import conftest
from tests.conftest import pytest_collection_modifyitems, stores

DESELECTED: list[pytest.Item] = []
CONFIG: Any = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: DESELECTED.extend(items)))


def kept(vendor: str, items: list[pytest.Item], monkeypatch: pytest.MonkeyPatch) -> list[pytest.Item]:
    """What of some tests is run on a database."""
    DESELECTED.clear()
    monkeypatch.setattr(conftest, "connection", SimpleNamespace(vendor=vendor))
    items = list(items)
    pytest_collection_modifyitems(CONFIG, items)
    return items


@pytest.mark.django_db
def test_who_is_marked_asks_a_database(request: pytest.FixtureRequest) -> None:
    assert stores(request.node)


def test_who_has_a_fixture_that_does_asks_a_database(request: pytest.FixtureRequest, secretariat: User) -> None:
    assert stores(request.node)


def test_who_does_not_cannot_ask_one(request: pytest.FixtureRequest) -> None:
    assert not stores(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        User.objects.exists()


def test_postgresql_runs_what_asks_a_database_and_sqlite_runs_all(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks: Any = SimpleNamespace(fixturenames=("db",), get_closest_marker=lambda name: None)
    items = [request.node, asks]
    assert kept("sqlite", items, monkeypatch) == items
    assert not DESELECTED
    assert kept("postgresql", items, monkeypatch) == [asks]
    assert [request.node] == DESELECTED
