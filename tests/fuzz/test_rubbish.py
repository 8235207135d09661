"""Whatever is sent to any form or list by anybody, the portal answers: never 500, never a traceback."""

import traceback
from collections import Counter
from collections.abc import Iterator
from http.cookies import SimpleCookie
from random import Random
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.access_table import PERSONAS, TABLE, Line
from tests.conftest import ClientFor
from tests.fuzz.bodies import VALUES, query, rubbish
from tests.fuzz.reading import Field, PageForm, forms_of
from tests.reading import to_the_end
from tests.world import world  # noqa: F401 - a fixture: the portal with one of everything

BODIES = {"stranger": 120, "other_official": 130, "own_official": 200, "chair": 150, "secretariat": 400}
SOAKED = 15
PAPERS = ("pdf", "docx", "xlsx", "zip", "export", "bundle", "copy", "questionnaire", "healthz")
SENT = frozenset({200, 302, 409, 422})  # of the table: whoever gets these may send the form
NUMBERS = ("0", "9" * 18, str(2**63), "9" * 30, "9" * 4301)


class Sender:
    """One persona, who sends rubbish and leaves nothing behind."""

    def __init__(self, client: Client, persona: str, world: dict[object, object]) -> None:  # noqa: F811 - the fixture's value
        self.client, self.persona, self.world = client, persona, world
        self.cookies = client.cookies.output(header="", sep=";")
        self.faults: dict[str, str] = {}
        self.answers: Counter[int] = Counter()

    def address(self, line: Line) -> str:
        return reverse(line.name, args=[self.world.get(arg, arg) for arg in line.args])

    def may(self, line: Line, method: str) -> bool:
        answers = line.post if method == "POST" else line.get
        if not answers or (self.persona == "stranger" and answers[0] == 302):
            return False
        return answers[PERSONAS.index(self.persona)] in SENT

    def ask(self, method: str, address: str, content: bytes = b"", content_type: str = "") -> str:
        """Send one request in a transaction that is undone; what went wrong is kept, once a place."""
        self.client.cookies = SimpleCookie(self.cookies)
        try:
            with transaction.atomic():
                answer = self.client.generic(method, address, content, content_type=content_type)
                page = getattr(to_the_end(answer), "content", b"")
                transaction.set_rollback(True)
        except Exception as broken:  # noqa: BLE001 - whatever it is, it is the fault that is looked for
            where = traceback.extract_tb(broken.__traceback__)[-1]
            self.faults.setdefault(
                f"{type(broken).__name__} in {where.filename}:{where.lineno}",
                f"{self.persona} {method} {address[:200]} {content_type} {content[:600]!r}\n"
                + "".join(traceback.format_exception(broken)[-8:])[-3000:],
            )
            return ""
        self.answers[answer.status_code] += method == "POST"
        if answer.status_code >= 500:
            self.faults.setdefault(
                f"{answer.status_code} at {urlsplit(address).path}", f"{self.persona} {content[:600]!r}"
            )
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return page.decode("utf-8", "replace") if is_page else ""


def form_at(sender: Sender, line: Line, address: str, method: str) -> PageForm:
    """The form that leads to an address: the fullest of its page; a bare one where the page does not show it."""
    found = forms_of(sender.ask("GET", address)) if sender.may(line, "GET") else []
    own = [one for one in found if one.method == method.lower() and one.action.split("?")[0] in ("", address)]
    return max(own, key=lambda one: len(one.fields), default=PageForm(address, method.lower()))


def work(sender: Sender) -> Iterator[tuple[str, str, list[Field]]]:
    """What to send, one after the other and again from the beginning: method, address, fields."""
    named = [(line, sender.address(line)) for line in TABLE]
    forms = [("POST", line, address) for line, address in named if sender.may(line, "POST")]
    lists = [
        ("GET", line, address) for line, address in named if sender.may(line, "GET") and not line.name.endswith(PAPERS)
    ]
    known: dict[tuple[str, str], list[Field]] = {}
    while True:
        for method, line, address in [*forms, *forms, *lists]:
            if (method, address) not in known:
                known[method, address] = list(form_at(sender, line, address, method).fields.values())
            yield method, address, known[method, address]


def send_rubbish(sender: Sender, times: int) -> None:
    random = Random(f"{sender.persona} 2024")  # noqa: S311 - rubbish, and the same each time
    tasks = work(sender)
    for _ in range(times):
        method, address, fields = next(tasks)
        if method == "POST":
            body = rubbish(random, fields)
            sender.ask("POST", address, body.content, body.content_type)
        else:
            sender.ask("GET", f"{address}?{query(random, fields)}")


@pytest.fixture
def sender(
    world: dict[object, object],  # noqa: F811 - the fixture
    client_for: ClientFor,
    request: pytest.FixtureRequest,
    persona: str,
) -> Sender:
    person = world.get(persona) if "official" in persona else persona != "stranger" and request.getfixturevalue(persona)
    return Sender(client_for(person or None), persona, world)  # type: ignore[arg-type]  # a user or nobody


@pytest.mark.slow
@pytest.mark.parametrize("persona", PERSONAS)
def test_rubbish_is_answered(sender: Sender, persona: str) -> None:
    send_rubbish(sender, BODIES[persona])

    assert not sender.faults, "\n\n".join(f"{where}\n{what}" for where, what in sender.faults.items())


@pytest.mark.soak
@pytest.mark.parametrize("persona", PERSONAS)
def test_much_rubbish_is_answered(sender: Sender, persona: str) -> None:
    send_rubbish(sender, SOAKED * BODIES[persona])
    assert not sender.faults, "\n\n".join(f"{where}\n{what}" for where, what in sender.faults.items())


@pytest.mark.slow
@pytest.mark.parametrize("persona", ["secretariat"])
def test_no_number_of_an_address_is_too_large(sender: Sender, persona: str) -> None:
    for line in TABLE:
        args = [sender.world.get(arg, arg) for arg in line.args]
        for place, arg in enumerate(args):
            for number in NUMBERS if isinstance(arg, int) else ():
                try:
                    address = reverse(
                        line.name, args=[*args[:place], int(number) if len(number) < 4300 else 1, *args[place + 1 :]]
                    )
                except NoReverseMatch:
                    continue
                sender.ask("GET", address if len(number) < 4300 else address.replace("/1/", f"/{number}/"))
    assert not sender.faults, "\n\n".join(f"{where}\n{what}" for where, what in sender.faults.items())


def test_a_thousand_bodies_are_sent() -> None:
    assert sum(BODIES.values()) == 1000
    assert SOAKED * 1000 == 15_000
    assert len(set(VALUES)) == len(VALUES)
