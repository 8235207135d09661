"""An authority and a person it vouches for, made once."""

from pathlib import Path

import pytest

from tests.documents.cms.kit import Identity, issue


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cms")


@pytest.fixture(scope="session")
def authority(folder: Path) -> Identity:
    return issue(folder, "authority", section="authority", subject="/CN=Удостоверяющий центр")


@pytest.fixture(scope="session")
def person(folder: Path, authority: Identity) -> Identity:
    return issue(folder, "person", by=authority)
