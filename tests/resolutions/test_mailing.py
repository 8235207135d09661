"""Many letters from one text: the form, the letters, one step with all, one PDF and one ZIP of all."""

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.models import Municipality
from municipalities.seed import seed_municipalities
from resolutions.correspondence.mailings import suggested_recipients
from resolutions.correspondence.thanks import persons_in
from resolutions.models import Letter, LetterState, Mailing, Resolution
from resolutions.text import PointText
from russian.typography import typeset
from tests.conftest import ClientFor
from tests.municipalities.factory import left
from tests.papers import paper
from tests.resolutions.factory import mailing, register, step, town

pytestmark = pytest.mark.slow

THANKED = [
    ("координатору проекта «Умный город» Минстроя РФ", "Долгих Д.С."),
    ("советнику генерального директора АО «Русатом Инфраструктурные решения»", "Голубеву А.В."),
    ("директору по работе с регионами АО «Цифровые платформы и решения Умного Города»", "Кучину С.В."),
    ("начальнику управления цифрового развития администрации города Костромы", "Суханову С.Ю."),
]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def real(seeded: Resolution, secretariat: User) -> Resolution:
    """The decision of 27 June 2024, adopted."""
    seeded.adopt(version=seeded.version, by=secretariat)
    return Resolution.objects.get(pk=seeded.pk)


def form_of(client: Client, resolution: Resolution, kind: str) -> dict[str, Any]:
    """What the browser would send back of the suggested form."""
    context = client.get(reverse("mailing_add", args=[resolution.slug, kind])).context
    data = {name: value if value is not None else "" for name, value in context["form"].initial.items()}
    rows = context["rows"]
    data |= {"form-TOTAL_FORMS": rows.total_form_count(), "form-INITIAL_FORMS": rows.initial_form_count()}
    for row in rows:
        data |= {f"{row.prefix}-{name}": row.initial.get(name) or "" for name in row.fields}
    return data


def send_form(client: Client, resolution: Resolution, kind: str, **changes: Any) -> Any:
    data = form_of(client, resolution, kind) | changes
    return client.post(reverse("mailing_add", args=[resolution.slug, kind]), data)


def text_of_pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()).replace("\u00a0", " ") for page in PdfReader(BytesIO(content)).pages]


def test_the_persons_are_read_from_the_decision_in_their_case(real: Resolution) -> None:
    assert persons_in(real.points.get(number=3).as_text()) == THANKED


@pytest.mark.parametrize("text", ["", "Поблагодарить всех.", "Выразить благодарность докладчикам."])
def test_another_wording_suggests_nobody(text: str) -> None:
    assert persons_in(PointText(3, "gratitude", text)) == []


def test_the_four_thanks_come_out_as_one_pdf_each_on_its_own_page(client: Client, real: Resolution) -> None:
    salutations = {f"form-{n}-salutation": f"Уважаемый докладчик № {n}!" for n in range(4)}
    assert send_form(client, real, "gratitude", **salutations).status_code == 302
    content = paper(client, reverse("mailing_pdf", args=[Mailing.objects.get().pk])).content
    pages = text_of_pages(content)
    assert len(pages) == len(THANKED)
    for number, (page, (position, name)) in enumerate(zip(pages, THANKED, strict=True)):
        assert f"{position[0].upper()}{position[1:]} {name}" in page
        assert f"выражает благодарность {position} {name} за содержательный доклад" in page
        assert f"Уважаемый докладчик № {number}!" in page
        assert all(other not in page for _, other in THANKED if other != name)


@pytest.mark.slow
def test_the_circular_goes_to_every_member(client: Client, real: Resolution) -> None:
    seed_municipalities()
    assert send_form(client, real, "circular").status_code == 302
    letters = Letter.objects.filter(mailing__isnull=False).order_by("pk")
    assert letters.count() == 20
    pages = text_of_pages(paper(client, reverse("mailing_pdf", args=[Mailing.objects.get().pk])).content)
    assert len(pages) == 20
    names = [municipality.name for municipality in (one.municipality for one in letters) if municipality]
    assert all(f"«{name}»" in page for name, page in zip(names, pages, strict=True))


def test_the_zip_holds_each_letter_for_print_and_for_word(client: Client, real: Resolution, secretariat: User) -> None:
    sent = mailing(
        real,
        town("А", person="жителям А"),
        town("Б"),
        by=secretariat,
    )
    archive = zipfile.ZipFile(BytesIO(paper(client, reverse("mailing_zip", args=[sent.pk])).content))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [
        "01. Проект, Городу А.docx",
        "01. Проект, Городу А.pdf",
        "02. Проект, Городу Б.docx",
        "02. Проект, Городу Б.pdf",
    ]
    words = [paragraph.text for paragraph in Document(BytesIO(archive.read("01. Проект, Городу А.docx"))).paragraphs]
    assert typeset("Текст для жителям А") in words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body": ""}, "Обязательное поле"),
        ({"title": "Kотлас"}, "буква «K» – латинская"),
        ({"form-0-person": ""}, "укажите, что встанет на это место"),
        ({"form-0-addressee": "Kотлас"}, "буква «K» – латинская"),
        ({"form-1-salutation": "У" * 151}, "не более 150"),
        ({f"form-{n}-addressee": "" for n in range(6)}, "хотя бы одного адресата"),
        ({"form-TOTAL_FORMS": "many"}, "Форма пришла не целиком"),
    ],
)
def test_bad_input_is_explained_and_writes_no_letter(
    client: Client, real: Resolution, changes: dict[str, str], sentence: str
) -> None:
    before = Letter.objects.count()
    response = send_form(client, real, "gratitude", **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert (Letter.objects.count(), Mailing.objects.count()) == (before, 0)


@pytest.mark.parametrize("days", ["0", "400"])
def test_an_answer_is_waited_for_within_a_year(
    client: Client, real: Resolution, kostroma: Municipality, days: str
) -> None:
    before = Letter.objects.count()
    response = send_form(client, real, "circular", reply_days=days)
    assert response.status_code == 422
    assert response.context["form"].errors["reply_days"]
    assert (Letter.objects.count(), Mailing.objects.count()) == (before, 0)


def test_who_left_since_the_page_was_opened_is_not_written_to(
    client: Client, real: Resolution, kostroma: Municipality
) -> None:
    address = reverse("mailing_add", args=[real.slug, "circular"])
    page = client.get(address)
    left(kostroma, "2026-01-01")
    rows = page.context["rows"]
    data = {f"{row.prefix}-{name}": row[name].value() or "" for row in rows for name in row.fields}
    data |= {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    data |= {"form-TOTAL_FORMS": str(len(rows.forms)), "form-INITIAL_FORMS": "0"}
    response = client.post(address, data)
    assert response.status_code == 422
    assert "Кострома: больше не член Союза. Очистите строку." in response.content.decode()
    assert not Mailing.objects.exists()


def test_to_letters_of_thanks_nobody_answers(client: Client, real: Resolution) -> None:
    assert send_form(client, real, "gratitude", reply_days="30").status_code == 302
    thanks = Letter.objects.filter(mailing__isnull=False)
    assert {(one.reply_days, one.correspondent) for one in thanks} == {(None, None)}


def test_a_step_is_taken_with_all_letters_for_which_it_is_time(
    client: Client, real: Resolution, secretariat: User
) -> None:
    sent = mailing(real, *(town(str(n)) for n in range(3)), by=secretariat)
    first, second, third = sent.letters.order_by("pk")
    step(third, "annul", by=secretariat, text="Лишнее.")
    address = reverse("mailing_step", args=[sent.pk, "register"])
    assert client.post(address, {"happened_on": "2024-07-05", "version": 1}).status_code == 302
    numbers = list(sent.letters.order_by("pk").values_list("number", flat=True))
    assert numbers == ["1/24", "2/24", ""]
    client.post(
        reverse("mailing_step", args=[sent.pk, "send"]), {"happened_on": "2024-07-06", "channel": "email", "version": 1}
    )
    states = {one.pk: one.state for one in sent.letters.all()}
    assert states == {first.pk: "sent", second.pk: "sent", third.pk: "annulled"}


def test_all_letters_are_moved_or_none(client: Client, real: Resolution, secretariat: User) -> None:
    sent = mailing(real, by=secretariat)
    for found, day in zip(sent.letters.order_by("pk"), (5, 20), strict=True):
        register(found, by=secretariat, on=dt.date(2024, 7, day))
    address = reverse("mailing_step", args=[sent.pk, "send"])
    response = client.post(address, {"happened_on": "2024-07-10", "channel": "post", "version": 1})
    assert response.status_code == 422
    assert "На 10\xa0июля\xa02024\xa0г.: отправляют" in response.content.decode()
    assert set(sent.letters.values_list("state", flat=True)) == {LetterState.REGISTERED}


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_cannot_be_stored_leaves_no_mailing_behind(
    real: Resolution, secretariat: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Letter.save

    def second_fails(letter: Letter, *args: Any, **kwargs: Any) -> None:
        if letter.addressee == "Городу Б":
            raise OSError("the disk is full")
        store(letter, *args, **kwargs)

    monkeypatch.setattr(Letter, "save", second_fails)
    with pytest.raises(OSError, match="disk is full"):
        mailing(real, by=secretariat)
    assert not Mailing.objects.exists()
    assert not Letter.objects.filter(kind="circular").exists()


def test_letters_of_a_mailing_are_suggested_for_members_alone(real: Resolution) -> None:
    seed_municipalities()
    assert [one.municipality_id for one in suggested_recipients(None, "circular")].count(None) == 0
    assert suggested_recipients(None, "gratitude") == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_mailing_takes_the_same_number_of_queries(
    client: Client,
    real: Resolution,
    secretariat: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    sent = mailing(real, *(town(str(n)) for n in range(count)), by=secretariat)
    client.get(sent.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(sent.get_absolute_url())


@pytest.fixture
def registered(real: Resolution, secretariat: User) -> Mailing:
    """Two letters that wait for the chair."""
    sent = mailing(real, by=secretariat)
    for found in sent.letters.order_by("pk"):
        register(found, by=secretariat)
    return sent


def sign_form(client: Client, sent: Mailing, **changes: Any) -> Any:
    address = reverse("mailing_sign", args=[sent.pk])
    return client.post(address, client.get(address).context["form"].initial | changes)


def test_the_chair_signs_all_letters_at_once(client_for: ClientFor, chair: User, registered: Mailing) -> None:
    visitor = client_for(chair)
    assert reverse("mailing_sign", args=[registered.pk]) in visitor.get(registered.get_absolute_url()).content.decode()
    assert sign_form(visitor, registered, is_public="on").status_code == 302
    papers = [found.issued_document for found in registered.letters.select_related("issued_document")]
    assert [one.is_public for one in papers if one] == [True, True]
    assert len({one.sha256 for one in papers if one}) == 2
    assert visitor.get(reverse("mailing_sign", args=[registered.pk])).status_code == 403


def test_the_zip_holds_the_issued_bytes_of_signed_letters(
    client_for: ClientFor, chair: User, registered: Mailing
) -> None:
    visitor = client_for(chair)
    sign_form(visitor, registered)
    papers = [found.issued_document for found in registered.letters.select_related("issued_document").order_by("pk")]
    archive = zipfile.ZipFile(BytesIO(paper(visitor, reverse("mailing_zip", args=[registered.pk])).content))
    printed = [archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".pdf")]
    assert printed == [one.read() for one in papers if one]


def test_the_pdf_of_all_carries_the_code_of_each_public_letter(
    client_for: ClientFor, chair: User, registered: Mailing
) -> None:
    visitor = client_for(chair)
    sign_form(visitor, registered, is_public="on")
    pages = text_of_pages(paper(visitor, reverse("mailing_pdf", args=[registered.pk])).content)
    papers = [found.issued_document for found in registered.letters.select_related("issued_document").order_by("pk")]
    for page, one in zip(pages, papers, strict=True):
        assert one is not None
        assert one.verification_code in page


def test_one_letter_that_changed_meanwhile_leaves_all_unsigned(
    client_for: ClientFor, chair: User, secretariat: User, registered: Mailing
) -> None:
    visitor, address = client_for(chair), reverse("mailing_sign", args=[registered.pk])
    shown = visitor.get(address).context["form"].initial
    last = registered.letters.latest("pk")
    step(last, "note", by=secretariat, text="Звонили.")
    page = visitor.post(address, shown, follow=True).content.decode()
    assert "Одно из писем изменилось" in page
    assert not registered.letters.filter(issued_document__isnull=False).exists()


def test_one_letter_with_an_obstacle_leaves_all_unsigned(
    client_for: ClientFor, chair: User, registered: Mailing
) -> None:
    last = registered.letters.latest("pk")
    Letter.objects.filter(pk=last.pk).update(body="Просим 100 漢.")
    response = sign_form(client_for(chair), registered)
    assert response.status_code == 422
    assert "«漢»" in response.content.decode()
    assert not registered.letters.filter(issued_document__isnull=False).exists()


@pytest.mark.parametrize("seen", ["", "1", "a:b", "1:2:3"])
def test_a_damaged_form_signs_nothing(client_for: ClientFor, chair: User, registered: Mailing, seen: str) -> None:
    assert sign_form(client_for(chair), registered, seen=seen).status_code == 422
    assert not registered.letters.filter(issued_document__isnull=False).exists()


def test_letters_of_another_mailing_are_not_signed_along(
    client_for: ClientFor, chair: User, secretariat: User, real: Resolution, registered: Mailing
) -> None:
    other = mailing(real, by=secretariat)
    foreign = other.letters.earliest("pk")
    register(foreign, by=secretariat)
    response = sign_form(client_for(chair), registered, seen=f"{foreign.pk}:{foreign.version}")
    assert response.url == reverse("mailing_sign", args=[registered.pk])
    foreign.refresh_from_db()
    assert foreign.issued_document is None


def test_a_circular_that_asks_for_an_answer_says_of_whom(client: Client, real: Resolution) -> None:
    count = form_of(client, real, "circular")["form-INITIAL_FORMS"]
    extra = {f"form-{count}-addressee": "Министру\r\nИ.И. Иванову\r\nг. Москва", "reply_days": "30"}
    refused = send_form(client, real, "circular", **extra)
    assert (refused.status_code, Mailing.objects.count()) == (422, 0)
    assert "Укажите, кто должен ответить" in refused.content.decode()
    extra |= {f"form-{count}-correspondent": "Минстрой России"}
    assert send_form(client, real, "circular", **extra).status_code == 302
    minister = Letter.objects.get(addressee__startswith="Министру")
    assert (str(minister.correspondent), minister.municipality) == ("Минстрой России", None)


def test_a_circular_without_a_day_needs_nobody_to_answer(client: Client, real: Resolution, secretariat: User) -> None:
    count = form_of(client, real, "circular")["form-INITIAL_FORMS"]
    extra = {f"form-{count}-addressee": "Министру", "reply_days": ""}
    assert send_form(client, real, "circular", **extra).status_code == 302
    register(Letter.objects.get(addressee="Министру"), by=secretariat)
    assert not Letter.objects.filter(asks__isnull=False).exists()
