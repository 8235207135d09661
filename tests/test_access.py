"""Every address of the portal, asked by five personas, answers what `access_table` says; reading changes nothing.

An address that is not in the table fails the test.
"""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.access import NotYours
from accounts.models import Bucket
from tests.access_page import OTHERS, PAGE, drawn
from tests.access_table import PERSONAS, TABLE, Line
from tests.conftest import ClientFor
from tests.reading import read, to_the_end, written_tables
from tests.tasks import run_tasks
from tests.world import world as world  # the fixture, so named for pytest

NEVER = b"(never)"  # what sentences about steps that are never the visitor's are marked with


def named_addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses; Django admin counts as one, it has its own permissions."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        elif pattern.namespace == "admin":
            yield "admin:index"
        else:
            yield from named_addresses(pattern.url_patterns)


def test_every_address_is_in_the_table() -> None:
    declared, named = {line.name for line in TABLE}, set(named_addresses(get_resolver().url_patterns))
    lines = [f'page("{name}", get=to.…, post=to.…)' for name in sorted(named - declared)]
    assert not lines, "\n".join(["tests/access_table lacks:", *lines])
    assert declared == named


def test_the_page_for_people_says_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == drawn(), "run `python -m tests.access_page`"


def test_what_nobody_of_the_five_gets_is_the_technical_administrators() -> None:
    assert set(drawn().partition(OTHERS)[2].split()) - {"-"} == {
        "`/background/`",
        "`/background/<uuid:pk>/again/`",
        "`/verify/authorities/`",
        "`/verify/authorities/<int:pk>/remove/`",
        "`/verify/authorities/revocation/`",
    }


Ask = Callable[[str, str, Line], int]


@pytest.fixture
def ask(
    world: dict[object, object], client_for: ClientFor, request: pytest.FixtureRequest, persona: str, wrong: list[str]
) -> Ask:
    """Asks for an address by a method, as the persona; what reading must not do is noted as wrong."""
    person = world.get(persona) if "official" in persona else persona != "stranger" and request.getfixturevalue(persona)

    def asked(method: str, address: str, line: Line) -> int:
        visitor: Client = client_for(person or None)  # type: ignore[arg-type]  # a user or nobody
        Bucket.objects.all().delete()  # nobody may ask for so much within minutes
        if method == "POST":
            data = {name: world.get(value, value) for name, value in (line.data or {}).items()}
            return to_the_end(visitor.post(address, data)).status_code
        if method != "GET":
            return to_the_end(visitor.generic(method, address)).status_code
        answer, faults = read(visitor, address)
        if answer.status_code == 202:  # it is made by the worker, and is there the next time
            run_tasks()
            answer, more = read(visitor, address)
            faults += more
        wrong.extend(faults)
        if answer.status_code == 200 and NEVER in getattr(answer, "content", b""):
            wrong.append(f"{address} shows a step that is never the visitor's")
        return answer.status_code

    return asked


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was found; sentences about steps that are never the visitor's are marked meanwhile."""
    monkeypatch.setattr(NotYours, "__new__", lambda cls, sentence: str.__new__(cls, f"{sentence}{NEVER.decode()}"))
    return []


# The rules are the portal's; what a database can change of them, whoever may do most and whoever may do least show.
WALKED = ("secretariat", "stranger") if connection.vendor == "postgresql" else PERSONAS


@pytest.mark.slow
@pytest.mark.parametrize("persona", WALKED)
def test_each_persona_gets_what_the_table_says_and_reading_changes_nothing(
    world: dict[object, object], ask: Ask, persona: str, wrong: list[str]
) -> None:
    lines = [(line, reverse(line.name, args=[world.get(arg, arg) for arg in line.args])) for line in TABLE]
    firsts = {line.name: (line, address) for line, address in reversed(lines) if line.is_ours}
    asked = [("GET", *one) for one in lines]
    asked += [(method, *one) for method in ("PUT", "DELETE") for one in firsts.values()]
    asked += [("POST", *one) for one in lines if one[0].is_ours or one[0].post]
    for method, line, address in asked:
        status, expected = ask(method, address, line), line.expected(method, persona, address)
        if status != expected:
            wrong.append(f"{method} {address}: {persona} gets {status}, the line of {line.name} says {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_every_way_of_writing_is_noticed() -> None:
    sessions = Session.objects.filter(pk="k")
    for write in (
        lambda: Session.objects.bulk_create([Session(pk="k", expire_date=timezone.now())], ignore_conflicts=True),
        lambda: sessions.update(session_data="d"),
        lambda: sessions.delete(),
    ):
        with written_tables() as tables:
            write()
        assert tables == {"django_session"}
