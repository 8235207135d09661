"""The starter directory and the illustrative statuses."""

import datetime as dt

import pytest
from django.db.models import Q

from municipalities.demo import DEMO_BASIS, seed_demo_participation
from municipalities.models import Municipality, ParticipationRecord
from municipalities.seed import seed_municipalities

pytestmark = pytest.mark.django_db


def test_the_seed_holds_twenty_and_speaks_of_one() -> None:
    assert seed_municipalities() == 20
    spoken = Municipality.objects.with_participation().exclude(Q(participation="unknown"))
    assert [(one.slug, one.standing.status.label) for one in spoken] == [("kostroma", "Участвует")]


def test_kostroma_is_what_the_decision_says() -> None:
    seed_municipalities()
    record = ParticipationRecord.objects.get()
    assert (record.effective_on, record.recorded_by) == (dt.date(2024, 6, 27), None)
    assert record.recorded_by_name == "Загрузка исходных данных"
    assert record.basis.startswith("Решение Общего Собрания СГЦСЗР от 27 июня 2024 г., пункт 1")
    assert "в десятку лучших" in record.basis


def test_the_facts_are_those_of_the_directory() -> None:
    seed_municipalities()
    shuya = Municipality.objects.get(slug="shuya")
    assert (shuya.region, shuya.federal_district, shuya.oktmo) == ("Ивановская область", "central", "24711000001")
    assert (shuya.population, shuya.index_group, str(shuya.latitude)) == (58528, "smaller", "56.85600")


def test_every_row_is_valid() -> None:
    seed_municipalities()
    for one in Municipality.objects.all():
        one.full_clean()


def test_a_second_seed_overwrites_nothing() -> None:
    seed_municipalities()
    shuya = Municipality.objects.get(slug="shuya")
    shuya.name, shuya.is_listed = "Шуя-на-Тезе", False
    shuya.save()
    assert seed_municipalities() == 0
    shuya.refresh_from_db()
    assert (shuya.name, shuya.is_listed, Municipality.objects.count()) == ("Шуя-на-Тезе", False, 20)
    assert ParticipationRecord.objects.count() == 1


def test_the_demo_illustrates_the_others_and_says_so() -> None:
    seed_municipalities()
    assert seed_demo_participation() > 0
    kostroma = Municipality.objects.get(slug="kostroma").participation_records
    assert not kostroma.filter(basis=DEMO_BASIS).exists()
    others = ParticipationRecord.objects.exclude(municipality__slug="kostroma")
    assert set(others.values_list("basis", "recorded_by_name")) == {(DEMO_BASIS, DEMO_BASIS)}
    assert Municipality.objects.with_participation().filter(Q(participation="unknown")).count() == 2


def test_a_second_demo_adds_nothing() -> None:
    seed_municipalities()
    seed_demo_participation()
    assert seed_demo_participation() == 0
