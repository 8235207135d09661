"""Names and codes with their days: written down, corrected, voided; found by the search, and never doubled."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from municipalities.jobs import names_of_the_day
from municipalities.ledgers import faults
from municipalities.models import Municipality, Renaming
from municipalities.models.naming import Span
from municipalities.renaming import bring_up_to_date, new_renaming, rename, void_renaming
from municipalities.seed import seed_municipalities
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OLD, NEW = "34701000001", "34501000"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def renamed(kostroma: Municipality, secretariat: User) -> Municipality:
    """Кострома is called otherwise from 1 July 2025 on, and has another code from 1 September."""
    with at("2026-03-01 12:00"):
        called(kostroma, "2025-07-01", by=secretariat, name="Костромской округ")
        called(kostroma, "2025-09-01", by=secretariat, oktmo=NEW)
    return kostroma


def called(one: Municipality, on: str, *, by: User, name: str = "", oktmo: str = "") -> Renaming:
    one.refresh_from_db()
    row = rename(one, day(on), name=name, oktmo=oktmo, basis="Закон области", by=by, version=one.version)
    one.refresh_from_db()
    return row


def post(client: Client, one: Municipality, **said: Any) -> HttpResponse:
    one.refresh_from_db()
    data = {"new_name": "", "new_oktmo": "", "happened_on": "2026-02-01", "basis": "Закон", "version": one.version}
    answered: HttpResponse = client.post(f"{one.get_absolute_url()}name/", data | said)  # type: ignore[assignment]  # a stub
    return answered


def test_each_day_has_its_name_and_code(renamed: Municipality) -> None:
    def naming(on: str) -> tuple[str, str]:
        told = renamed.naming_on(day(on))
        return told.name, told.oktmo

    assert naming("2025-06-30") == ("Кострома", OLD)
    assert naming("2025-07-01") == ("Костромской округ", OLD)
    assert naming("2025-09-01") == ("Костромской округ", NEW)
    assert (renamed.name, renamed.oktmo, renamed.slug) == ("Костромской округ", NEW, "kostroma")
    known = renamed.naming_on(day("2025-09-01"), known_on=day("2025-09-01"))
    assert (known.name, known.oktmo) == ("Кострома", OLD)  # nobody had written it down yet


def test_the_page_tells_former_names_with_day_and_basis(
    renamed: Municipality, secretary: Client, kostroma: Municipality
) -> None:
    page = Client().get("/municipalities/kostroma/").content.decode().replace("\u00a0", " ")
    for said in ("Названия и коды", "«Кострома», ОКТМО 34701000001", "1 июля 2025 г.", "Закон области"):
        assert said in page
    assert "Прежние названия" not in Client().get(city("Буй", 5).get_absolute_url()).content.decode()


@pytest.mark.parametrize("words", ["кострома", OLD, "костромской округ", NEW])
def test_the_registry_finds_it_by_all_it_was_ever_called(renamed: Municipality, words: str) -> None:
    page = Client().get("/municipalities/", {"q": words})
    assert [one.name for one in page.context["listing"].rows()] == ["Костромской округ"]
    assert "прежде: Кострома, ОКТМО 34701000001" in page.content.decode()


def test_a_change_is_written_down_in_the_browser(secretary: Client, kostroma: Municipality) -> None:
    with at("2026-03-01 12:00"):
        assert post(secretary, kostroma, new_name=" Костромской  округ ", new_oktmo=NEW).status_code == 302
        page = secretary.get("/municipalities/kostroma/name/").content.decode()
    kostroma.refresh_from_db()
    assert (kostroma.name, kostroma.oktmo) == ("Костромской округ", NEW)
    assert "Новые название и код" in page
    assert "Название и код до изменений" in page


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, "Укажите новое название, новый код или то и другое."),
        ({"new_oktmo": "123"}, "8 или 11 цифр"),
        ({"new_name": "Kотлас"}, "буква «K» – латинская"),
        ({"new_name": "Кострома"}, "Ничего не меняется"),
        ({"new_name": "К", "happened_on": "2000-01-01"}, "Опечатку исправляют"),
        ({"new_name": "К", "happened_on": "2101-01-01"}, "Проверьте год"),
        ({"new_name": "К", "happened_on": ""}, "Обязательное поле"),
        ({"new_name": "К", "basis": ""}, "Обязательное поле"),
        ({"new_oktmo": "11701000001"}, "на 1 февраля 2026 г. код 11701000001 – у другого, Архангельск"),
        ({"new_name": "К", "version": "99"}, "сведения изменились"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_is_written(
    secretary: Client, kostroma: Municipality, arkhangelsk: Municipality, said: dict[str, str], refused: str
) -> None:
    with at("2026-03-01 12:00"):
        answered = post(secretary, kostroma, **said)
    assert (answered.status_code, Renaming.objects.count()) == (422, 0)
    page = answered.content.decode().replace("\u00a0", " ")
    assert refused in page
    assert not said.get("new_name", "").startswith("К") or 'value="К' in page


def test_a_code_that_another_had_then_is_not_taken(
    renamed: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    with at("2026-03-01 12:00"):
        with pytest.raises(ValidationError, match="код 34701000001 – у другого, Костромской округ"):
            called(arkhangelsk, "2025-08-31", by=secretariat, oktmo=OLD)
        called(arkhangelsk, "2025-09-01", by=secretariat, oktmo=OLD)
        row = renamed.renamings.get(new_oktmo=NEW)
        with pytest.raises(ValidationError, match="Архангельск"):
            void_renaming(row, reason="Нет", by=secretariat, version=renamed.version)
    assert arkhangelsk.oktmo == OLD
    assert list(faults()) == []


def test_what_lies_ahead_counts_from_its_day(kostroma: Municipality, secretariat: User) -> None:
    with at("2026-03-01 12:00"):
        called(kostroma, "2026-04-01", by=secretariat, name="Костромской округ")
        assert (kostroma.name, kostroma.former_names, list(faults())) == ("Кострома", "", [])
    with at("2026-04-01 00:05"):
        assert any("Костромской округ" in one for one in faults())
        names_of_the_day.func()
        assert list(faults()) == []
        was = kostroma.version
        kostroma.refresh_from_db()
        assert (kostroma.name, kostroma.former_names, kostroma.version) == ("Костромской округ", "Кострома", was + 1)
        assert bring_up_to_date() == 0


def test_two_that_pass_a_code_on_do_so_on_one_day(
    kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    with at("2026-03-01 12:00"):
        called(arkhangelsk, "2026-04-01", by=secretariat, oktmo=NEW)
        called(kostroma, "2026-04-01", by=secretariat, oktmo="11701000001")
    with at("2026-04-02 00:05"):
        assert bring_up_to_date() == 2
    kostroma.refresh_from_db()
    assert kostroma.oktmo == "11701000001"


@pytest.mark.parametrize("on", ["2026-02-01", "2026-04-01"])
def test_two_exchange_their_codes_on_one_day(
    kostroma: Municipality, arkhangelsk: Municipality, secretariat: User, on: str
) -> None:
    theirs, third = arkhangelsk.oktmo, city("Вяз", 7)
    with at("2026-03-01 12:00"):
        called(arkhangelsk, on, by=secretariat, oktmo="99999999")
        called(kostroma, on, by=secretariat, oktmo=theirs)
        called(arkhangelsk, on, by=secretariat, oktmo=OLD)  # of one day the last counts
    with at("2026-04-01 00:05"):
        names_of_the_day.func()
        called(third, "2026-04-01", by=secretariat, name="Вязы")
        assert list(faults()) == []
    for one in (kostroma, arkhangelsk):
        one.refresh_from_db()
    assert (kostroma.oktmo, arkhangelsk.oktmo, third.name) == (theirs, OLD, "Вязы")


def test_a_code_that_became_free_is_another_s(kostroma: Municipality, secretariat: User) -> None:
    with at("2026-08-01 12:00"):
        wrong = called(kostroma, "2026-07-01", by=secretariat, oktmo=NEW)
        heir = city("Новый", int(OLD))
        assert list(faults()) == []
        kostroma.refresh_from_db()
        how: dict[str, Any] = {"reason": "Ошибка", "by": secretariat, "version": kostroma.version}
        expected = f"на 1.+июля.+2026.+г. код {OLD} – у другого, Новый"
        with pytest.raises(ValidationError, match=expected):
            void_renaming(wrong, **how)
        called(heir, "2026-07-10", by=secretariat, oktmo="45678901")
        with pytest.raises(ValidationError, match=f"{expected} .до 10.+июля"):
            void_renaming(wrong, **how)
        assert list(faults()) == []


@pytest.mark.loose_ledgers
def test_one_code_of_two_on_the_same_days_is_a_fault(
    kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    with at("2026-08-01 12:00"):
        called(kostroma, "2026-07-01", by=secretariat, oktmo=NEW)
        called(arkhangelsk, "2026-07-01", by=secretariat, name="Округ")
        assert list(faults()) == []
        new_renaming(arkhangelsk, day("2026-07-02"), name="", oktmo=NEW, basis="Закон", by=secretariat).save()
        told = f"Municipalities {kostroma.pk} and {arkhangelsk.pk} have the code {NEW} on the same days"
        assert told in list(faults())


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        ("2001-01-01", None, []),
        ("2001-01-01", "2004-01-01", [("2004-01-01", None)]),
        ("2003-01-01", "2004-01-01", [("2002-01-01", "2003-01-01"), ("2004-01-01", None)]),
        ("2003-01-01", None, [("2002-01-01", "2003-01-01")]),
        ("2000-01-01", "2002-01-01", [("2002-01-01", None)]),
    ],
)
def test_what_a_span_gains(since: str, until: str | None, left: list[tuple[str, str | None]]) -> None:
    other = Span(NEW, day(since), day(until) if until else None)
    expected = [Span(NEW, day(start), day(end) if end else None) for start, end in left]
    assert Span(NEW, day("2002-01-01"), None).outside([other]) == expected


def test_nothing_is_told_of_names_that_never_changed(
    secretary: Client, client: Client, kostroma: Municipality, secretariat: User
) -> None:
    with at("2026-03-01 12:00"):
        wrong = called(kostroma, "2026-02-01", by=secretariat, name="Яркий")
        void_renaming(wrong, reason="Ошибка", by=secretariat, version=kostroma.version)
        public, own = (one.get("/municipalities/kostroma/").content.decode() for one in (client, secretary))
    assert ("Названия и коды</h2>" in public, "Названия и коды</h2>" in own) == (False, True)


def test_a_wrong_row_is_voided_with_the_right_one(secretary: Client, renamed: Municipality) -> None:
    row = renamed.renamings.get(new_name="Костромской округ")
    data = {"reason": "Другое название", "version": renamed.version, "replaces": "on"}
    right = {"new_name": "Округ Кострома", "new_oktmo": "", "happened_on": "2025-07-02", "basis": "Закон"}
    data |= {f"right-{name}": value for name, value in right.items()}
    assert secretary.post(f"/municipalities/kostroma/name/{row.pk}/void/", data).status_code == 302
    renamed.refresh_from_db()
    assert (renamed.name, renamed.naming_on(day("2025-07-01")).name) == ("Округ Кострома", "Кострома")
    assert "Костромской" not in renamed.former_names


def test_the_beginning_is_replaced_and_never_taken_away(secretary: Client, renamed: Municipality) -> None:
    first = renamed.renamings.get(happened_on="2000-01-01")
    address = f"/municipalities/kostroma/name/{first.pk}/void/"
    data = {"reason": "Опечатка", "version": renamed.version}
    refused = secretary.post(address, data)
    assert (refused.status_code, "Станет невозможной" in refused.content.decode()) == (422, True)
    right = {"new_name": "Кострома-город", "new_oktmo": OLD, "basis": "Сведения портала до первого изменения"}
    data |= {"replaces": "on"} | {f"right-{name}": value for name, value in right.items()}
    assert secretary.post(address, data).status_code == 302
    renamed.refresh_from_db()
    assert renamed.former_names == "Кострома-город, ОКТМО 34701000001"


def test_a_typing_mistake_is_corrected_in_the_row_that_holds_it(secretary: Client, renamed: Municipality) -> None:
    facts = {"name": "Костромской м. округ", "region": "Область", "federal_district": "central", "oktmo": NEW}
    with at("2026-03-02 12:00"):
        facts["version"] = str(renamed.version)
        assert secretary.post("/municipalities/kostroma/edit/", facts).status_code == 302
    renamed.refresh_from_db()
    assert (renamed.name, renamed.naming_on(day("2025-07-01")).name) == ("Костромской м. округ",) * 2
    assert renamed.naming_on(day("2025-06-30")).name == "Кострома"
    assert renamed.renamings.get(text__startswith="Исправлена ошибка").is_voiding
    facts |= {"oktmo": "11701000001", "version": str(renamed.version)}
    city("Архангельск", 11701000001)
    refused = secretary.post("/municipalities/kostroma/edit/", facts)
    assert (refused.status_code, "у другого, Архангельск" in refused.content.decode()) == (422, True)


def test_a_corrected_row_keeps_its_place_in_its_day(
    secretary: Client, kostroma: Municipality, secretariat: User
) -> None:
    with at("2026-03-01 12:00"):
        for name, oktmo in (("Первое", NEW), ("Второе", "")):  # on one day, the later row counts
            called(kostroma, "2025-07-01", by=secretariat, name=name, oktmo=oktmo)
        facts = {"name": "Второе", "region": "Область", "federal_district": "central", "oktmo": "34502000"}
        assert (
            secretary.post("/municipalities/kostroma/edit/", facts | {"version": kostroma.version}).status_code == 302
        )
    kostroma.refresh_from_db()
    assert (kostroma.name, kostroma.oktmo, list(faults())) == ("Второе", "34502000", [])


def test_a_correction_before_any_change_is_no_history(secretary: Client, kostroma: Municipality) -> None:
    facts = {"name": "Кострома-2", "region": "Область", "federal_district": "central", "oktmo": OLD, "version": "1"}
    assert secretary.post("/municipalities/kostroma/edit/", facts).status_code == 302
    kostroma.refresh_from_db()
    assert (kostroma.renamings.count(), kostroma.former_names) == (0, "")


def test_the_seed_adds_nobody_again(secretariat: User) -> None:
    assert seed_municipalities() == 20
    called(Municipality.objects.get(oktmo=OLD), "2025-07-01", by=secretariat, oktmo=NEW)
    assert seed_municipalities() == 0


# --- spans ---


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        (("2025-01-01", None), ("2025-03-01", "2025-04-01"), "2025-03-01"),
        (("2025-01-01", "2025-03-01"), ("2025-03-01", None), None),  # the last day is the first on which it is not
        (("2025-03-01", None), ("2025-01-01", "2025-03-02"), "2025-03-01"),
    ],
)
def test_when_spans_meet(one: tuple[str, str | None], other: tuple[str, str | None], first: str | None) -> None:
    spans = [Span("1", day(since), day(until) if until else None) for since, until in (one, other)]
    assert spans[0].meets(spans[1]) == spans[1].meets(spans[0]) == (day(first) if first else None)
    assert spans[0].meets(Span("2", day("2025-01-01"), None)) is None
