"""What the ledgers of municipalities refuse themselves, and what forms say when a colleague was quicker."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.heads import change_head, void_head
from municipalities.ledgers import faults
from municipalities.mergers import Merger, merge, void_merger
from municipalities.models import HeadRecord, MembershipAction, Municipality, Succession
from municipalities.renaming import rename, void_renaming
from revisions.models import EditConflict
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city
from tests.municipalities.test_merger import said, send, text
from tests.municipalities.test_naming import called

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 7, 1)
NOW = "2026-08-01 12:00"


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def merger(*predecessors: Municipality, day: dt.date = DAY) -> Merger:
    whole = Municipality(name="Округ", oktmo="12345678", region="Область", federal_district="central")
    return Merger(predecessors, whole, day, "Закон", "Решение", "")


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (EditConflict(Municipality()), "сведения изменились"),
        (IntegrityError(), "сведения изменились"),
        (ValidationError("Так нельзя."), "Так нельзя."),
    ],
)
def test_a_merger_that_became_impossible_is_told_and_stores_nothing(
    secretary: Client,
    kostroma: Municipality,
    arkhangelsk: Municipality,
    monkeypatch: pytest.MonkeyPatch,
    raised: Exception,
    told: str,
) -> None:
    def refuse(*args: Any, **more: Any) -> None:
        raise raised

    monkeypatch.setattr("municipalities.views.mergers.merge", refuse)
    answered = send(secretary, said(kostroma, arkhangelsk))
    assert (answered.status_code, told in text(answered), "Костромархангельск" in text(answered)) == (422, True, True)
    assert not Succession.objects.exists()


def test_a_merger_has_a_day_within_the_years_of_the_portal(
    secretary: Client, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    for year in ("1999-07-01", "2101-07-01"):
        assert "Проверьте год" in text(send(secretary, said(kostroma, arkhangelsk, happened_on=year)))
    with pytest.raises(ValidationError, match="после 1 января 2000"):
        merge(merger(kostroma, arkhangelsk, day=dt.date(2000, 1, 1)), by=secretariat)


def test_a_successor_is_chosen_or_described(
    secretary: Client, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    chosen = said(kostroma, arkhangelsk, successor=city("Шуя", 5).pk)
    assert "сведения о новом муниципальном образовании не нужны" in text(send(secretary, chosen))


def test_rows_are_voided_once(kostroma: Municipality, arkhangelsk: Municipality, secretariat: User) -> None:
    head = HeadRecord(municipality=kostroma, happened_on=DAY, person="И.И. Иванов", actor=secretariat, actor_name="С")
    with at(NOW):
        change_head(head, version=kostroma.version)
        name = called(kostroma, "2026-07-01", by=secretariat, name="Яркий")
        whole = merge(merger(kostroma, arkhangelsk), by=secretariat)
        part = Succession.objects.filter(successor=whole).earliest("pk")
        voids: list[tuple[Any, Any, Municipality]] = [
            (void_merger, part, whole),
            (void_renaming, name, kostroma),
            (void_head, head, kostroma),
        ]
        for void, row, owner in voids:
            owner.refresh_from_db()
            void(row, reason="Ошибка.", by=secretariat, version=owner.version)
            owner.refresh_from_db()
            with pytest.raises(ValidationError, match="уже отменена"):
                void(row, reason="Ошибка.", by=secretariat, version=owner.version)
    assert list(faults()) == []


def test_of_old_nobody_is_renamed(kostroma: Municipality, secretariat: User) -> None:
    how: dict[str, Any] = {"oktmo": "", "basis": "Закон", "by": secretariat, "version": kostroma.version}
    with pytest.raises(ValidationError):
        rename(kostroma, dt.date(2000, 1, 1), name="Яркий", **how)


def test_nobody_leaves_without_a_day(kostroma: Municipality, secretariat: User) -> None:
    with pytest.raises(ValidationError, match="день"):
        kostroma.new_membership(MembershipAction.LEAVE, None, basis="Заявление", text="", by=secretariat)


def test_a_code_that_a_colleague_took_meanwhile(
    secretary: Client, kostroma: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*args: Any, **more: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(Municipality, "save", taken)
    facts = {"name": "Новый", "oktmo": "87654321", "region": "Область", "federal_district": "central"}
    answered: Any = secretary.post(reverse("municipality_add"), facts | {"population": "", "version": "0"})
    assert (answered.status_code, list(answered.context["form"].errors)) == (422, ["oktmo"])
    assert "уже есть в портале" in text(answered)


def test_a_code_that_another_had_in_those_days_is_not_typed_as_a_correction(
    secretary: Client, kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    with at("2026-03-01 12:00"):
        called(arkhangelsk, "2025-01-01", by=secretariat, oktmo="34501000")
        called(arkhangelsk, "2026-01-01", by=secretariat, oktmo="34502000")
        called(kostroma, "2025-07-01", by=secretariat, oktmo="34503000")
        url = reverse("municipality_edit", args=["kostroma"])
        form: Any = secretary.get(url).context["form"]
        typed = {name: form[name].value() or "" for name in form.fields} | {"oktmo": "34501000"}
        answered: Any = secretary.post(url, typed)
    assert (answered.status_code, "у другого, Архангельск" in text(answered)) == (422, True)
    kostroma.refresh_from_db()
    assert kostroma.oktmo == "34503000"


@pytest.mark.loose_ledgers
def test_two_successors_are_a_fault(kostroma: Municipality, arkhangelsk: Municipality, secretariat: User) -> None:
    facts: dict[str, Any] = {"happened_on": DAY, "basis": "Закон", "actor": secretariat, "actor_name": "С"}
    for whole in (arkhangelsk, city("Шуя", 5)):
        Succession.objects.create(predecessor=kostroma, successor=whole, **facts)
    assert f"Municipality {kostroma.pk} has two successors" in list(faults())


def test_rows_say_in_russian_what_they_are(
    kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    head = HeadRecord(municipality=kostroma, happened_on=DAY, person="И.И. Иванов", actor=secretariat, actor_name="С")
    assert (str(head), head.told) == ("Изменены сведения о главе и адресе с 01.07.2026", "Имя: И.И. Иванов")
    assert str(kostroma.memberships.get()).startswith("Вступление")
    assert str(called(kostroma, "2026-07-01", by=secretariat, name="Яркий")).startswith("Новое название, 1")
    kostroma.refresh_from_db()
    whole = merge(merger(kostroma, arkhangelsk), by=secretariat)
    assert str(Succession.objects.filter(successor=whole).earliest("pk")).startswith("Яркий → Округ, 1")
