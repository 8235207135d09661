"""One archive of a full portal for all tests; the portal itself is gone when they begin."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.models import User
from municipalities.models import PersonalLink
from municipalities.practices.models import Direction
from sgcszr_portal.archive.format import DATA
from sgcszr_portal.archive.tables import BROUGHT, archived_models
from sgcszr_portal.archive.writing import write_archive
from tests.documents.cms.conftest import authority, folder, person
from tests.documents.cms.kit import Identity
from tests.sgcszr_portal.archive.portal import SECRET_TEXT, State, build_portal, files_in, state_of

__all__ = ["authority", "folder", "person"]  # fixtures of the room below


@dataclass(frozen=True)
class Kept:
    """An archive, and what was true of the portal that wrote it.

    Attributes:
        path: of the ZIP.
        state: of the database, as `state_of` reads it.
        secrets: values that must not be in the archive.
        files: name in the storages → bytes.
    """

    path: Path
    state: State
    secrets: tuple[str, ...]
    files: dict[str, bytes]


@pytest.fixture(scope="session")
def kept(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    authority: Identity,
    person: Identity,
) -> Kept:
    place = tmp_path_factory.mktemp("archive")
    with django_db_blocker.unblock(), transaction.atomic(), files_in(place / "media"):
        build_portal(authority, person)
        with (place / "portal.zip").open("w+b") as target:
            written = write_archive(target)
        assert written.unmade == {}
        kept = Kept(place / "portal.zip", state_of(), tuple(secrets()), files_below(place / "media"))
        transaction.set_rollback(True)
    return kept


def secrets() -> Iterator[str]:
    """What nobody should read in an archive."""
    from allauth.mfa.models import Authenticator

    yield SECRET_TEXT
    for user in User.objects.all():
        yield from filter(None, (user.password, user.calendar_key))
    yield from filter(None, PersonalLink.objects.values_list("nonce", flat=True))
    for authenticator in Authenticator.objects.all():
        yield from (str(value) for value in authenticator.data.values())


def files_below(place: Path) -> dict[str, bytes]:
    """All files of a folder, by their relative names."""
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def data_of(path: Path) -> dict[str, Any]:
    """The data of an archive."""
    with zipfile.ZipFile(path) as archive:
        data: dict[str, Any] = json.loads(archive.read(DATA))
    return data


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Path]:
    """Empty storages."""
    with files_in(tmp_path / "media"):
        yield tmp_path / "media"


def is_empty() -> bool:
    """Whether nothing is there but the edition of the Standard that comes with the tables."""
    others = (model for model in archived_models() if model._meta.label not in BROUGHT)
    return not any(model._base_manager.exists() for model in others) and Direction.objects.count() == 10
