"""Everything at its longest, with signs that look like markup, formulas and tags: each page and each file is made."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.contrib import admin
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Bucket, User
from resolutions.models import Resolution
from resolutions.text import Paragraph, PointText
from sgcszr_portal.archive.writing import write_archive
from tests.access_table import TABLE
from tests.conftest import ClientFor
from tests.mail import drain
from tests.papers import paper
from tests.resolutions.factory import instruct
from tests.sgcszr_portal.longest.outputs import faults, faults_of_name
from tests.sgcszr_portal.longest.stretching import MARK, stretch_everything
from tests.world import world as world  # the fixture, so named for pytest

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.loose_ledgers]

World = dict[object, object]
LEAST = 150  # columns in which something of the world is written


@pytest.fixture
def stretched(world: World, secretariat: User) -> World:
    """The world with all that people type at its longest, a point that waits, and a draft with every part of a text."""
    draft = Resolution.objects.get(slug="draft")
    points = (PointText(1, "appeal", "Обратиться.", (Paragraph("В Правительство."),)),)
    text = replace(draft.text, preamble=(Paragraph("Первый."),), points=points)
    draft.revise(text, version=draft.version, by=secretariat)
    instruct(Resolution.objects.get(slug="adopted").points.get(), by=secretariat)
    assert len([column for column, count in stretch_everything().items() if count]) >= LEAST
    secretariat.refresh_from_db()
    return world


def test_every_page_and_every_file_is_made_and_says_what_was_typed(
    stretched: World, client_for: ClientFor, secretariat: User
) -> None:
    """One test, for making the world takes as long as looking at it."""
    administrator = User.objects.create_superuser("root@example.org", "tekhnicheskiy-1584", name="Т.А.")
    wrong = [
        *pages(stretched, client_for(secretariat), "secretariat", least=100),
        *pages(stretched, client_for(None), "stranger", least=15),
        *pages_of_records(client_for(administrator)),
        *the_archive(),
        *letters(),
    ]
    assert not wrong, "\n".join(wrong)


def look(client: Client, address: str, expected: int, found: list[str]) -> bytes:
    """The content at an address; what is wrong with it is noted."""
    Bucket.objects.all().delete()  # nobody may ask for so much within minutes
    answer = paper(client, address)
    content: bytes = answer.content
    wrong = faults(content, answer.headers.get("Content-Type", ""))
    wrong += faults_of_name(answer.headers.get("Content-Disposition", ""))
    wrong += [] if answer.status_code == expected else [f"answers {answer.status_code}"]
    found.extend(f"{address} {fault}" for fault in wrong)
    return content


def pages(stretched: World, client: Client, persona: str, *, least: int) -> list[str]:
    """What is wrong with the pages of the table of access, of which so many at least show what was typed."""
    wrong: list[str] = []
    marked = 0
    for line in TABLE:
        address = reverse(line.name, args=[stretched.get(one, one) for one in line.args])
        expected = line.expected("GET", persona, address)
        if line.get and (persona != "stranger" or expected == 200):
            marked += MARK.encode() in look(client, address, expected, wrong)
    return wrong if marked >= least else [*wrong, f"only {marked} pages show it to {persona}"]


def pages_of_records(client: Client) -> list[str]:
    """What is wrong with the technical administrator's pages."""
    wrong: list[str] = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        rows = model._base_manager.order_by("pk")[:1]
        for address in (reverse(f"{name}_changelist"), *(reverse(f"{name}_change", args=[row.pk]) for row in rows)):
            look(client, address, 200, wrong)
    return wrong


def the_archive() -> list[str]:
    """What is wrong with the archive, and with each file in it."""
    output = BytesIO()
    unmade = write_archive(output).unmade
    return [*unmade, *faults(output.getvalue(), "application/zip")]


def letters() -> list[str]:
    """What is wrong with the letters that remind of what is due."""
    call_command("send_reminders", verbosity=0)
    drain()
    sent = [one.message().as_bytes() for one in mail.outbox]
    wrong = [fault for one in sent for fault in faults(one, "message/rfc822")]
    wrong += [f"a line of {len(line)} bytes" for one in sent for line in one.splitlines() if len(line) > 998]
    return wrong if any("a<b>Ж</b>" in str(one.body) for one in mail.outbox) else [*wrong, "no letter shows it"]
