"""`/due/handing-over/`: the page, its paper, and who may read them."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts.models import User
from documents.preparing.makers import maker_of
from municipalities.models import Municipality
from sgcszr_portal.handing_over.content import HandingOver, handing_over
from tests.conftest import ClientFor
from tests.papers import paper
from tests.sgcszr_portal.figures.crawler import Crawler
from tests.sgcszr_portal.handing_over.world import World, days
from tests.words import words_of

PAGE, PDF = "/due/handing-over/", "/due/handing-over.pdf"


def read_pdf(content: bytes) -> str:
    """The words of a paper, without what is between them."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def packed(text: str) -> str:
    """The same of a text."""
    return "".join(text.split())


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


def test_every_row_opens_for_who_takes_over_and_for_the_chair(world: World, chair: User, client_for: ClientFor) -> None:
    addresses = sorted({row.url for section in content().sections for row in section.rows})
    for reader in (world.by, chair):
        client = client_for(reader)
        assert {one: client.get(one).status_code for one in addresses} == dict.fromkeys(addresses, 200)


def test_rows_speak_of_others(world: World) -> None:
    told = " ".join(" ".join((row.why, *row.others)) for one in content().sections for row in one.rows).lower()
    assert "председателя" in told
    assert not re.search(r"\bва(ш|с|м)", told)


def test_every_figure_opens_its_rows(world: World, client_for: ClientFor) -> None:
    crawler = Crawler(client_for(world.by))
    assert crawler.faults(PAGE) == []
    assert crawler.followed == len(content().sections) == 7


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
    assert packed("Председатель: «Письмо ждёт подписи председателя»") in printed
    assert "срокпрошёл" in printed
    assert packed(content().spoken_for) in printed


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
