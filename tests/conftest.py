"""The personas of the tests, and a client for each."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings

from accounts.models import OfficeTerm, RoleRecord, UnionProfileRecord, User
from accounts.roles import Role
from municipalities.models import (
    FederalDistrict,
    HeadRecord,
    Membership,
    Municipality,
    ParticipationRecord,
    Renaming,
    Representative,
    Succession,
)
from municipalities.practices.models import CommitmentStep, PracticeAdoptionRecord
from resolutions.models import LetterStep, ProgressEntry
from sgcszr_portal.ledgers import faults
from tests.accounts.terms import appointed
from tests.municipalities.factory import member

ClientFor = Callable[[User | None], Client]


# Those that most tests write stand first: the first that has rows is enough.
LEDGERS = (
    Membership,
    RoleRecord,
    UnionProfileRecord,
    OfficeTerm,
    Renaming,
    HeadRecord,
    Succession,
    ParticipationRecord,
    PracticeAdoptionRecord,
    CommitmentStep,
    ProgressEntry,
    LetterStep,
)


# What a process is told to have its coverage measured, for the few that are to be.
MEASURING: dict[str, str] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Coverage is measured in xdist's workers, and not in all that their tests start: that takes twice as long."""
    if hasattr(config, "workerinput"):
        MEASURING.update({name: os.environ.pop(name) for name in list(os.environ) if name.startswith("COVERAGE_")})


def pytest_collection_finish() -> None:
    """What was loaded for the tests stays to the end: looking for garbage among it took a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def stores(item: pytest.Item) -> bool:
    """Whether a test asks a database."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(("db", "transactional_db"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database is tested once, on SQLite: on PostgreSQL it would say the same."""
    if connection.vendor != "postgresql":
        return
    others = [item for item in items if not stores(item)]
    items[:] = [item for item in items if stores(item)]
    config.hook.pytest_deselected(items=others)


@pytest.fixture
def own_files(tmp_path: Path) -> Iterator[None]:
    """Uploads of a test lie in its own folder."""
    media = tmp_path / "media"
    media.mkdir()
    with override_settings(MEDIA_ROOT=media):
        yield


@pytest.fixture(autouse=True)
def ledgers_are_legal(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test did, the ledgers are legal after it, and the columns beside them agree.

    Tests that write past the ledgers on purpose are marked `loose_ledgers`.
    """
    marker = request.node.get_closest_marker
    if not stores(request.node) or marker("loose_ledgers") or marker("browser"):
        yield
        return
    request.getfixturevalue("db")  # before the test, so that its rows are still there after it
    yield
    if any(model._default_manager.exists() for model in LEDGERS):
        assert list(faults()) == []


@pytest.fixture
def secretariat(db: None) -> User:
    return User.objects.create_user("secretariat@example.org", name="С.С. Секретарёва", role=Role.SECRETARIAT)


@pytest.fixture
def chair(db: None) -> User:
    return User.objects.create_user("chair@example.org", name="Н.В. Корягина", role=Role.CHAIR)


@pytest.fixture
def acting_chair(secretariat: User) -> User:
    """Somebody of a municipality who stands in for the chair from yesterday until tomorrow."""
    person = User.objects.create_user("acting@example.org", name="И.О. Замещаева", role=Role.MUNICIPAL)
    appointed(person, by=secretariat)
    return person


@pytest.fixture
def kostroma(db: None) -> Municipality:
    return member(
        Municipality.objects.create(
            name="Кострома",
            region="Костромская область",
            federal_district=FederalDistrict.CENTRAL,
            oktmo="34701000001",
            population=268617,
        )
    )


@pytest.fixture
def arkhangelsk(db: None) -> Municipality:
    return member(
        Municipality.objects.create(
            name="Архангельск",
            region="Архангельская область",
            federal_district=FederalDistrict.NORTHWESTERN,
            oktmo="11701000001",
            population=348716,
        )
    )


@pytest.fixture
def kostroma_official(kostroma: Municipality) -> User:
    """Speaks for Кострома and nobody else."""
    official = User.objects.create_user("kostroma@example.org", name="К.К. Костромин", role=Role.MUNICIPAL)
    Representative.objects.create(user=official, municipality=kostroma)
    return official


@pytest.fixture
def arkhangelsk_official(arkhangelsk: Municipality) -> User:
    """Speaks for Архангельск and nobody else."""
    official = User.objects.create_user("arkhangelsk@example.org", name="А.А. Архангельский", role=Role.MUNICIPAL)
    Representative.objects.create(user=official, municipality=arkhangelsk)
    return official


@pytest.fixture
def client_for(db: None) -> ClientFor:
    """A client logged in as the given user; a stranger's without one."""

    def log_in(user: User | None) -> Client:
        fresh = Client()
        if user is not None:
            fresh.force_login(user)
        return fresh

    return log_in
