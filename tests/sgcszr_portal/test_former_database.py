"""A database of an earlier version is named, and nothing in it is changed."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # make fast makes its tables without the migrations


def test_a_database_of_an_earlier_version_is_recognised() -> None:
    MigrationRecorder(connection).record_applied("resolutions", "0005_execution")
    with pytest.raises(SystemCheckError, match=r"earlier version.*resolutions\.0005_execution"):
        call_command("migrate", verbosity=0, skip_checks=False)


def test_a_database_of_this_version_is_migrated() -> None:
    call_command("migrate", verbosity=0, skip_checks=False)


def test_migrating_is_enough_for_the_cache() -> None:
    cache.set("asked", 1)
    assert cache.get("asked") == 1
    assert "portal_cache" in connection.introspection.table_names()
