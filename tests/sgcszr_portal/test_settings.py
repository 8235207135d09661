"""The portal starts closed, and says what is missing."""

import subprocess
import sys

import pytest

from tests.conftest import MEASURING

GOOD = {"SECRET_KEY": "k" * 60, "EMAIL_URL": "smtp://localhost", "PUBLIC_URL": "https://portal.example"}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a fresh process and print what matters."""
    return read("DEBUG ALLOWED_HOSTS SESSION_COOKIE_SECURE SECURE_SSL_REDIRECT", **environment)


def read(names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a fresh process, which knows the given environment alone, and print some of them."""
    code = f"from sgcszr_portal import settings as s; print(*[getattr(s, n, None) for n in {names.split()!r}])"
    return subprocess.run(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", code], env=MEASURING | environment, capture_output=True, text=True, check=False
    )


def test_the_defaults_are_closed() -> None:
    assert start(**GOOD).stdout.split() == ["False", "['portal.example']", "True", "True"]


@pytest.mark.parametrize(
    ("behind", "believed"), [("on", "('HTTP_X_FORWARDED_PROTO', 'https') 1"), ("off", "None None")]
)
def test_only_behind_a_proxy_are_its_headers_believed(behind: str, believed: str) -> None:
    names = "SECURE_PROXY_SSL_HEADER ALLAUTH_TRUSTED_PROXY_COUNT"
    assert read(names, **GOOD, BEHIND_PROXY=behind).stdout.strip() == believed


def test_what_sqlite_needs_is_not_said_to_postgresql() -> None:
    assert "IMMEDIATE" in read("DATABASES", **GOOD).stdout
    other = read("DATABASES", **GOOD, DATABASE_URL="postgresql://portal@localhost/portal")
    assert "IMMEDIATE" not in other.stdout and "'portal'" in other.stdout


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"EMAIL_URL": ""}, "Set EMAIL_URL"),
        ({"EMAIL_URL": "pigeon://post"}, "EMAIL_URL must begin with"),
        ({"PUBLIC_URL": "portal.example"}, "PUBLIC_URL must look like"),
        ({"DEBUG": "treu"}, "DEBUG"),
        ({"STATUS_STALE_AFTER_DAYS": "0"}, "STATUS_STALE_AFTER_DAYS is a number of days"),
        ({"STATUS_STALE_AFTER_DAYS": "полгода"}, "STATUS_STALE_AFTER_DAYS"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_reason(change: dict[str, str], words: str) -> None:
    result = start(**GOOD | change)
    assert result.returncode != 0
    assert words in result.stderr
