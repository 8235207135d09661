"""`/due/handing-over/`: the page, its paper, and who may read them."""

import re
from io import BytesIO

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from accounts.roles import Role
from documents.preparing.makers import maker_of
from municipalities.models import Municipality
from sgcszr_portal.handing_over.content import HandingOver, handing_over
from tests.conftest import ClientFor
from tests.papers import paper
from tests.sgcszr_portal.figures.crawler import Crawler
from tests.sgcszr_portal.handing_over.world import World, days
from tests.words import words_of

pytestmark = pytest.mark.slow

PAGE, PDF = "/due/handing-over/", "/due/handing-over.pdf"


def read_pdf(content: bytes) -> str:
    """The words of a paper, without what is between them."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def packed(text: str) -> str:
    """The same of a text."""
    return "".join(text.split())


def links_of(answer: HttpResponse) -> set[str]:
    """Where a paper leads."""
    pages = PdfReader(BytesIO(answer.content)).pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", ())]
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def follows_every_link(client: Client) -> set[str]:
    """Open all that the page leads to.

    Returns:
        The addresses.
    """
    main = Crawler(client).open(PAGE).main
    addresses = {str(one) for one in main.xpath(".//a/@href") if not one.startswith("#")}
    opened = {one: client.get(one).status_code for one in addresses - {PDF}}
    assert opened == dict.fromkeys(opened, 200)
    return addresses


@pytest.fixture
def world(secretariat: User, chair: User, kostroma_official: User, arkhangelsk: Municipality) -> World:
    return World(secretariat, kostroma_official.representations.get().municipality, arkhangelsk)


def content() -> HandingOver:
    return handing_over(days(0))


def test_the_page_leads_to_every_row(world: World, client_for: ClientFor) -> None:
    page = client_for(world.by).get(PAGE).content.decode()
    for section in content().sections:
        for row in section.rows:
            assert f'href="{row.url}"' in page
            assert words_of(row.why) in words_of(page)
    assert "Председатель: «Письмо ждёт подписи председателя»" in words_of(page)


@pytest.mark.slow
def test_every_link_of_the_page_opens_for_who_takes_over_and_for_the_chair(
    world: World, chair: User, client_for: ClientFor
) -> None:
    addresses = {row.url for section in content().sections for row in section.rows}
    for reader in (world.by, chair):
        assert follows_every_link(client_for(reader)) > addresses


@pytest.mark.slow
def test_every_link_opens_in_the_demonstration(db: None, client_for: ClientFor) -> None:
    call_command("seed", "--demo", "--force", verbosity=0)
    for role in (Role.SECRETARIAT, Role.CHAIR):
        assert follows_every_link(client_for(User.objects.get(role=role)))


def test_the_page_speaks_of_others(world: World, client_for: ClientFor) -> None:
    told = Crawler(client_for(world.by)).open(PAGE).main.text_content().lower()
    assert all(row.why.lower() in told for one in content().sections for row in one.rows)
    assert not re.search(r"\bва(ш|с|м)", told)


def test_every_figure_opens_its_rows(world: World, client_for: ClientFor) -> None:
    crawler = Crawler(client_for(world.by))
    assert crawler.faults(PAGE) == []
    assert crawler.followed == 2 * len(content().sections) + 2 == 16
    assert crawler.faults("/due/") == []
    assert crawler.followed > 16


@pytest.mark.slow
def test_the_paper_holds_every_row_with_its_address(world: World, client_for: ClientFor) -> None:
    answer = paper(client_for(world.by), PDF)
    printed = read_pdf(answer.content)
    for section in content().sections:
        assert packed(section.title) in printed
        for group in section.groups:
            assert packed(group.whom) in printed
            for row in group.rows:
                assert f"http://testserver{row.url}" in printed
                assert packed(row.why) in printed
    rows = [row for section in content().sections for row in section.rows]
    assert links_of(answer) == {f"http://testserver{row.url}" for row in rows}
    assert printed.count("срокпрошёл") == sum(row.is_late for row in rows) > 0
    assert packed("Председатель: «Письмо ждёт подписи председателя»") in printed
    assert packed("Представители членов Союза Кострома: К.К. Костромин") in printed
    assert packed("Члены Союза без представителя Архангельск, Ёлкино") in printed


@pytest.mark.slow
def test_a_portal_in_which_nothing_waits_is_printed_too(chair: User, client_for: ClientFor) -> None:
    printed = read_pdf(paper(client_for(chair), PDF).content)
    assert packed("Сколько не закончено") in printed
    assert packed("Что сделать") not in printed


def test_the_way_leads_there_from_what_is_due_for_those_who_may(
    secretariat: User, chair: User, kostroma_official: User, acting_chair: User, client_for: ClientFor
) -> None:
    for user, may in ((secretariat, True), (chair, True), (acting_chair, True), (kostroma_official, False)):
        due = client_for(user).get("/due/").content.decode()
        assert [f'href="{address}"' in due for address in (PAGE, PDF)] == [may, may]
        assert client_for(user).get(PAGE).status_code == (200 if may else 403)
    refused = client_for(kostroma_official).get(PDF)
    assert "Передачу дел читают секретариат и председатель Союза." in refused.content.decode()


def test_the_board_reads_no_handing_over(world: World, client_for: ClientFor) -> None:
    assert client_for(world.member).get(PAGE).status_code == 403


def test_whoever_waits_for_the_paper_comes_back_to_the_page() -> None:
    maker = maker_of("handing-over-pdf")
    assert (maker.page({}), maker.address({})) == (PAGE, PDF)
