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


def test_postgresql_keeps_connections_and_looks_before_it_uses_one() -> None:
    url = "postgresql://portal@localhost/portal"
    code = "d = s.DATABASES['default']; print(d['CONN_MAX_AGE'], d['CONN_HEALTH_CHECKS'], d['OPTIONS'])"
    ran = [sys.executable, "-c", f"from sgcszr_portal import settings as s; {code}"]

    def told(**environment: str) -> str:
        given = MEASURING | GOOD | environment
        return subprocess.run(ran, env=given, capture_output=True, text=True, check=True).stdout  # noqa: S603 - ours

    assert told(DATABASE_URL=url) == "600 True {'connect_timeout': 5, 'tcp_user_timeout': 10000}\n"
    assert told(DATABASE_URL=f"{url}?connect_timeout=2", CONN_MAX_AGE="0").startswith("0 True {'connect_timeout': 2")


def test_what_sqlite_acknowledged_is_on_the_disk() -> None:
    assert "synchronous=FULL" in read("DATABASES", **GOOD).stdout


def test_too_little_room_is_a_number_of_megabytes() -> None:
    assert read("MIN_FREE_SPACE", **GOOD, MIN_FREE_SPACE_MB="2").stdout.strip() == "2097152"
