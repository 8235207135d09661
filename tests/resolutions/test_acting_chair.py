"""Who stands in for the chair signs in the chair's stead; powers that are taken back later leave a mark."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.acting import ActingStep, behalf_of, doubts
from accounts.models import OfficeLedger, OfficeTerm, User
from accounts.offices import void
from accounts.roles import Office, Permission
from documents.withdrawing import withdraw
from resolutions.checklist import decision_findings
from resolutions.correspondence.signing import sign_letter
from resolutions.models import Letter, Resolution
from resolutions.signing import sign
from russian.templatetags.russian import long_date
from tests.accounts.terms import BASIS, day, ended, noted
from tests.conftest import ClientFor
from tests.resolutions.factory import letter as draft_letter
from tests.resolutions.factory import register
from tests.words import words_of

GROUND = f"и.о. председателя с {long_date(day(-1))} по {long_date(day(1))}: {BASIS}"
STEAD = words_of(f"Председатель Союза: {GROUND}")
FIELDS = {"body": "Просим.", "signatory_position": "Председатель Союза", "signatory_name": "Н.В. Корягина"}


@pytest.fixture
def letter(adopted: Resolution, secretariat: User) -> Letter:
    """A registered letter."""
    made = draft_letter(adopted, **FIELDS)
    register(made, by=secretariat)
    return made


@pytest.fixture
def acting(client_for: ClientFor, acting_chair: User) -> Client:
    """The acting chair at work, appointed yesterday."""
    noted(OfficeTerm.objects.get(), on=-1)
    return client_for(acting_chair)


def page(client: Client, address: Any, *args: object) -> str:
    """The words of a page."""
    found = address.get_absolute_url() if not args else reverse(address, args=args)
    return words_of(client.get(found).content.decode())


def signed(client: Client, letter: Letter) -> Letter:
    version = Letter.objects.get(pk=letter.pk).version
    assert client.post(reverse("letter_sign", args=[letter.pk]), {"version": version}).status_code == 302
    return Letter.objects.get(pk=letter.pk)


def voided(by: User) -> None:
    void(OfficeTerm.objects.earliest("pk"), reason="Не тот человек.", by=by, version=OfficeLedger.read().version)


def test_a_letter_is_signed_in_the_chairs_stead(acting: Client, acting_chair: User, letter: Letter) -> None:
    step = signed(acting, letter).steps.get(action="sign")
    assert (step.actor, step.on_behalf_of, step.behalf_ground) == (acting_chair, "Председатель Союза", GROUND)
    assert words_of(f"За кого: Председатель Союза. Основание: {GROUND}") in page(acting, letter)


def test_who_acted_until_yesterday_signs_nothing_and_is_told_why(
    acting: Client, acting_chair: User, secretariat: User, letter: Letter
) -> None:
    ended(acting_chair, by=secretariat)
    for name, key in (("letter_sign", letter.pk), ("resolution_sign", letter.resolution.slug)):
        refused = acting.get(reverse(name, args=[key]))
        assert refused.status_code == 403
        told = f"Полномочия и.о. председателя закончились {long_date(day(-1))}"
        assert words_of(told) in words_of(refused.content.decode())


def test_the_longest_basis_fits_the_ground_of_a_step() -> None:
    basis, ground = (
        OfficeTerm._meta.get_field("basis").max_length,
        OfficeTerm._meta.get_field("behalf_ground").max_length,
    )
    assert len(GROUND.removesuffix(BASIS)) + 2 * len("сентября") + (basis or 0) <= (ground or 0)


def test_what_the_chair_signs_is_nobodys_stead(chair: User, secretariat: User, letter: Letter) -> None:
    sign_letter(letter, version=letter.version, is_public=False, by=chair)
    assert letter.steps.get(action="sign").on_behalf_of == ""
    assert behalf_of(secretariat, Permission.SIGN) is None
    assert behalf_of(chair, Permission.SIGN, day(-5)) is None


def test_a_decision_is_signed_in_the_chairs_stead(acting: Client, secretariat: User, adopted: Resolution) -> None:
    form = {"version": adopted.version}
    assert acting.post(reverse("resolution_sign", args=[adopted.slug]), form).status_code == 302
    history = page(acting, "resolution_history", adopted.slug)
    assert STEAD in history
    assert "Причина: Председатель" not in history
    document = Resolution.objects.get(pk=adopted.pk).issued_document
    assert document
    withdraw(document, reason="Опечатка.", by=secretariat)
    sign(adopted, version=Resolution.objects.get(pk=adopted.pk).version, by=User.objects.get(name="И.О. Замещаева"))
    assert f"Новый документ взамен отозванного. {STEAD}" in page(acting, "resolution_history", adopted.slug)


def test_a_signature_is_marked_when_the_appointment_is_voided_later(
    acting: Client, client_for: ClientFor, secretariat: User, kostroma_official: User, letter: Letter
) -> None:
    signed(acting, letter)
    office = client_for(secretariat)
    assert "Проверьте" not in page(office, letter)
    voided(secretariat)
    assert (
        f"Проверьте: полномочия и.о. председателя отменены, запись от {words_of(long_date(day(0)))}, "
        "С.С. Секретарёва: Не тот человек."
    ) in page(office, letter)
    assert "Проверьте" not in page(client_for(kostroma_official), letter)


def test_a_signature_is_marked_when_the_powers_had_ended(
    acting: Client, client_for: ClientFor, acting_chair: User, secretariat: User, letter: Letter
) -> None:
    signed(acting, letter)
    ended(acting_chair, by=secretariat)
    told = f"полномочия и.о. председателя прекращены с {words_of(long_date(day(0)))}, запись от"
    assert told in page(client_for(secretariat), letter)


def test_a_decision_is_marked_in_its_history(
    acting: Client, client_for: ClientFor, acting_chair: User, secretariat: User, adopted: Resolution
) -> None:
    sign(adopted, version=adopted.version, by=acting_chair)
    voided(secretariat)
    history = page(client_for(secretariat), "resolution_history", adopted.slug)
    assert "Проверьте: полномочия и.о. председателя отменены" in history


def test_a_deed_of_nobody_known_is_not_doubted(db: None) -> None:
    moment = OfficeTerm._meta.get_field("recorded_at").get_default()
    assert doubts([ActingStep(1, None, Office.ACTING_CHAIR, day(0), moment)]) == {}


def test_the_checklist_compares_who_signs_with_who_is_named(
    acting: Client, adopted: Resolution, letter: Letter
) -> None:
    until = words_of(long_date(day(1))).removesuffix(".")
    told = f"В документе подписывает Н.В. Корягина, а в портале – И.О. Замещаева, и.о. председателя по {until}."
    for name, key in (("letter_sign", letter.pk), ("resolution_sign", adopted.slug)):
        shown = page(acting, name, key)
        assert told in shown
        assert "Подпись исполняющего обязанности председателя" in shown


@pytest.mark.parametrize(
    ("position", "doubted"),
    [("Председатель Союза", True), ("И.о. председателя Союза", False), ("Исполняющий обязанности", False), ("", False)],
)
def test_the_checklist_looks_at_the_position_of_who_stands_in(
    adopted: Resolution, position: str, *, doubted: bool
) -> None:
    text = replace(adopted.text, signatory_position=position, signatory_name="И.О. Замещаева")
    found = decision_findings(text, signer="И.О. Замещаева", stands_in="и.о. председателя по 12 декабря 2026 г.")
    sentence = f"В документе должность «{position}», а подписывает и.о. председателя по 12 декабря 2026 г."
    assert (sentence in [one.sentence for one in found]) == doubted
