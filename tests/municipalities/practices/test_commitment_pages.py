"""`/practices/commitments/…`: making a promise, its card, its steps, a voided step."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, Practice
from tests.conftest import ClientFor
from tests.municipalities.factory import TODAY, at, left
from tests.municipalities.practices.factory import day, mark, promise, step
from tests.municipalities.practices.test_commitment_ledger import merged

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
URL = "/practices/commitments/"


GROUND = {"behalf_ground": "письмо № 7"}  # asked of the secretariat alone


def send(client: Client, slug: str = "arkhangelsk", **changes: Any) -> Any:
    form = GROUND | {
        "measure": "Поставить датчики",
        "due_on": "2025-05-31",
        "who": "Отдел связи",
        "happened_on": "2024-06-27",
    }
    return client.post(f"{URL}add/{slug}/", form | changes)


def take(client: Client, made: Commitment, action: str, **changes: Any) -> Any:
    form = GROUND | {"happened_on": "2025-05-30", "text": "Сделано.", "version": made.version}
    return client.post(f"{URL}{made.pk}/{action}/", form | changes)


def text_of(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ").replace("&nbsp;", " ")


# --- making one ---


def test_an_official_promises_for_their_city(other: Client, practice: Practice, arkhangelsk_official: User) -> None:
    answer = send(other, measure="", practice=practice.pk)
    made = Commitment.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.practice, made.state, made.due_on) == (practice, "open", day("2025-05-31"))
    assert made.steps.get().actor == arkhangelsk_official
    page = text_of(other.get(made.get_absolute_url()))
    assert "Перенять практику «Единый диспетчер» (Кострома)" in page
    assert "обязательство взято. Срок – 31 мая 2025 г." in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"measure": ""}, "Укажите практику или мероприятие"),
        ({"who": " "}, "Обязательное поле"),
        ({"due_on": ""}, "Обязательное поле"),
        ({"due_on": "завтра"}, "Укажите дату так"),
        ({"due_on": "2024-06-26"}, "Срок не может быть раньше"),
        ({"happened_on": str(TODAY() + dt.timedelta(days=1))}, "ещё не наступила"),
        ({"practice": "999999"}, "Такой практики в каталоге нет"),
        ({"practice": "own"}, "собственная практика"),
        ({"practice": "practice"}, "об одном"),
        ({"measure": "Kотлас"}, "буква «K» – латинская"),
    ],
)
def test_a_bad_promise_is_explained_and_nothing_is_lost(
    secretary: Client, practice: Practice, arkhangelsk: Municipality, changes: dict[str, str], sentence: str
) -> None:
    slug = "kostroma" if changes.get("practice") == "own" else "arkhangelsk"
    if changes.get("practice") in ("own", "practice"):
        changes = {"practice": str(practice.pk)} | ({"measure": ""} if slug == "kostroma" else {})
    answer = send(secretary, slug, **changes)
    assert (answer.status_code, Commitment.objects.count()) == (422, 0)
    assert sentence in text_of(answer)
    assert "Отдел связи" in text_of(answer) or "who" in changes


def test_a_practice_is_promised_once(other: Client, arkhangelsk: Municipality, practice: Practice) -> None:
    promise(arkhangelsk, practice)
    answer = send(other, measure="", practice=practice.pk)
    assert answer.status_code == 422
    assert "уже есть невыполненное обязательство об этой практике" in text_of(answer)


def test_who_has_left_promises_nothing(other: Client, arkhangelsk: Municipality) -> None:
    left(arkhangelsk, "2024-06-01")
    answer = send(other)
    assert answer.status_code == 422
    assert "а Архангельск на 27 июня 2024 г. в него не входит" in text_of(answer)


def test_nobody_promises_for_another_city(owner: Client, arkhangelsk: Municipality) -> None:
    answer = send(owner)
    assert answer.status_code == 403
    assert "берут его представители и секретариат" in text_of(answer)


def test_from_a_practice_it_is_chosen_already(
    other: Client, secretary: Client, practice: Practice, pskov_official: User
) -> None:
    assert f"{URL}add/?practice={practice.pk}" in text_of(other.get(practice.get_absolute_url()))
    led = other.get(f"{URL}add/?practice={practice.pk}")
    assert led["Location"] == f"{URL}add/arkhangelsk/?practice={practice.pk}"
    assert f'<option value="{practice.pk}" selected' in text_of(other.get(led["Location"]))
    choice = text_of(secretary.get(f"{URL}add/?practice={practice.pk}"))
    assert "Архангельск" in choice
    assert '<option value="kostroma"' not in choice


def test_without_a_practice_somebody_is_chosen(secretary: Client, owner: Client, kostroma: Municipality) -> None:
    assert secretary.get(f"{URL}add/?municipality=kostroma")["Location"] == f"{URL}add/kostroma/"
    assert secretary.get(f"{URL}add/?municipality=nowhere").status_code == 422
    assert owner.get(f"{URL}add/?practice=99")["Location"] == f"{URL}add/kostroma/"
    assert owner.get(f"{URL}add/?practice=x")["Location"] == f"{URL}add/kostroma/"


def test_a_withdrawn_practice_is_not_promised(secretary: Client, secretariat: User, practice: Practice) -> None:
    practice.set_published(False, by=secretariat, reason="Устарела.")
    assert secretary.get(f"{URL}add/?practice={practice.pk}").status_code == 403


# --- its steps ---


def test_each_step_has_a_form(other: Client, arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk)
    for action, changes in (
        ("milestone", {"happened_on": "2024-09-01"}),
        ("moved", {"happened_on": "2024-10-01", "due_on": "2025-06-10"}),
        ("kept", {}),
    ):
        assert other.get(f"{URL}{made.pk}/{action}/").status_code == 200
        with at("2025-05-30 12:00"):
            answer = take(other, Commitment.objects.get(), action, **changes)
        assert answer["Location"] == made.get_absolute_url()
    kept = Commitment.objects.get()
    assert (kept.state, kept.due_on, kept.ended_on) == ("kept", day("2025-06-10"), day("2025-05-30"))
    page = text_of(Client().get(made.get_absolute_url()))
    assert "Промежуточный итог" in page
    assert "А.А. Архангельский" not in page


@pytest.mark.parametrize(
    ("action", "changes", "sentence"),
    [
        ("dropped", {"text": ""}, "Обязательное поле"),
        ("moved", {"due_on": "2025-06-30"}, "перенос прошлым днём вносит секретариат"),
        ("kept", {"happened_on": "2024-06-01"}, "обязательства ещё нет"),
        ("kept", {"version": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_step_is_explained(
    other: Client, arkhangelsk: Municipality, action: str, changes: dict[str, str], sentence: str
) -> None:
    made = promise(arkhangelsk)
    answer = take(other, made, action, **changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert made.steps.count() == 1


def test_a_deadline_that_has_passed_is_moved_from_today_on_and_backwards_by_the_secretariat(
    other: Client, secretary: Client, arkhangelsk: Municipality
) -> None:
    made = promise(arkhangelsk)
    for backwards in ({"happened_on": "2025-05-01"}, {"happened_on": "2025-06-01"}):
        assert take(other, made, "moved", **backwards, due_on="2099-01-01").status_code == 422
    with at("2025-06-15 12:00"):
        moved = {"happened_on": "2025-06-15", "due_on": "2099-01-01"}
        assert take(other, made, "moved", **moved).status_code == 302
    backwards = {"happened_on": "2025-05-01", "due_on": "2025-12-01"}  # the deadline of that day has passed
    assert take(other, Commitment.objects.get(), "moved", **backwards).status_code == 422
    behalf = {"behalf_ground": "письмо № 3"}
    assert take(secretary, Commitment.objects.get(), "moved", **backwards | behalf).status_code == 302
    assert Commitment.objects.get().due_on == day("2099-01-01")
    assert Commitment.objects.get().standing_on(day("2025-06-01")).due_on == day("2025-12-01")


def test_nobody_promises_or_acts_for_the_days_before_they_spoke_for_the_city(
    other: Client, secretary: Client, arkhangelsk: Municipality
) -> None:
    made = promise(arkhangelsk)
    arkhangelsk.representatives.update(since=day("2024-10-01"))
    refused = take(other, made, "milestone", happened_on="2024-09-30")
    assert "шаг этим днём записать нельзя" in text_of(refused)
    assert take(other, made, "milestone", happened_on="2024-10-01").status_code == 302
    behalf = {"happened_on": "2024-09-30", "behalf_ground": "протокол"}
    assert take(secretary, Commitment.objects.get(), "milestone", **behalf).status_code == 302


def test_the_second_of_two_loses_nothing(other: Client, arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk)
    step(made, "kept", "2025-05-29")
    answer = take(other, made, "kept", text="Мой текст.")
    assert answer.status_code == 409
    assert "Мой текст." in text_of(answer)
    again = take(other, Commitment.objects.get(), "kept", text="Мой текст.")
    assert again.status_code == 422
    assert "Исполнить можно обязательство, которое выполняется" in text_of(again)


def test_a_step_that_is_not_open_says_why(other: Client, arkhangelsk: Municipality) -> None:
    made = step(promise(arkhangelsk), "kept", "2025-05-29")
    answer = other.get(f"{URL}{made.pk}/dropped/")
    assert answer.status_code == 403
    assert "Сейчас этот шаг невозможен: обязательство исполнено" in text_of(answer)
    assert other.get(f"{URL}{made.pk}/moved/").status_code == 200
    assert other.get(f"{URL}{made.pk}/made/").status_code == 404


def test_another_city_reads_and_does_nothing(owner: Client, arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk)
    page = text_of(owner.get(made.get_absolute_url()))
    assert "Отметить исполнение" not in page
    assert take(owner, made, "kept").status_code == 403


@pytest.mark.slow
def test_what_waits_is_seen_by_its_own_and_staff_alone(
    other: Client, owner: Client, secretary: Client, arkhangelsk: Municipality
) -> None:
    made = promise(arkhangelsk, by_link=True)
    for client in (Client(), owner):
        assert client.get(made.get_absolute_url()).status_code == 404
        assert "Поставить датчики" not in text_of(client.get(URL))
        assert "Поставить датчики" not in text_of(client.get("/municipalities/arkhangelsk/"))
    assert "не опубликовано: сначала его принимает секретариат" in text_of(other.get(made.get_absolute_url()))
    assert take(other, made, "accepted").status_code == 403
    take(secretary, made, "accepted")
    assert Client().get(made.get_absolute_url()).status_code == 200


def test_a_kept_practice_is_offered_to_be_marked(
    other: Client, owner: Client, arkhangelsk: Municipality, practice: Practice
) -> None:
    made = step(promise(arkhangelsk, practice), "kept", "2025-05-29")
    address = f"/practices/{practice.pk}/adoption/arkhangelsk/"
    assert address in text_of(other.get(made.get_absolute_url()))
    assert address not in text_of(owner.get(made.get_absolute_url()))
    mark(practice, arkhangelsk, "introducing")
    assert address not in text_of(other.get(made.get_absolute_url()))
    assert "adoption" not in text_of(other.get(step(promise(arkhangelsk), "kept", "2025-05-29").get_absolute_url()))


# --- mergers and voiding ---


def test_the_secretariat_passes_it_to_the_successor(
    secretary: Client, secretariat: User, arkhangelsk: Municipality, kostroma: Municipality
) -> None:
    made = promise(arkhangelsk)
    assert secretary.get(f"{URL}{made.pk}/passed/").status_code == 403
    answer = take(secretary, made, "passed")
    assert "только правопреемнику" in text_of(answer)
    merged(arkhangelsk, kostroma, by=secretariat)
    card = text_of(secretary.get(made.get_absolute_url()))
    assert "Ждёт передачи правопреемнику" in card
    assert "Передать правопреемнику" in card
    assert "останется прежним" in text_of(secretary.get(f"{URL}{made.pk}/passed/"))
    take(secretary, made, "passed", happened_on="2025-01-01")
    assert Commitment.objects.get().municipality.name == "Целый"
    assert "Кто взял" in text_of(Client().get(made.get_absolute_url()))


# --- where they are told of ---


def test_the_page_of_a_city_and_of_a_practice_tell_them(
    other: Client, client_for: ClientFor, arkhangelsk: Municipality, practice: Practice
) -> None:
    assert "Обязательств нет." in text_of(Client().get("/municipalities/arkhangelsk/"))
    assert "пока никто не взял" in text_of(Client().get(practice.get_absolute_url()))
    step(promise(arkhangelsk, practice), "kept", "2025-06-20")
    city_page = text_of(other.get("/municipalities/arkhangelsk/"))
    assert f"{URL}add/arkhangelsk/" in city_page
    assert "Исполнено с опозданием на 20 дней" in city_page
    assert f"{URL}add/" not in text_of(Client().get("/municipalities/arkhangelsk/"))
    page = text_of(Client().get(practice.get_absolute_url()))
    assert f'{URL}?practice={practice.pk}&amp;state=kept" data-figure' in page


def test_a_dropped_promise_alone_counts_nothing(arkhangelsk: Municipality) -> None:
    step(promise(arkhangelsk), "dropped", "2024-07-01")
    page = text_of(Client().get("/municipalities/arkhangelsk/"))
    assert "Снято" in page
    assert "Из них просрочены" not in page


# --- what a kept promise offers ---


def test_a_kept_promise_offers_the_mark_of_use_until_it_is_given(
    client_for: ClientFor, other: Client, secretariat: User, practice: Practice, arkhangelsk: Municipality
) -> None:
    made = promise(arkhangelsk, practice=practice, measure="")
    assert "Поставить отметку" not in text_of(other.get(made.get_absolute_url()))
    step(made, "kept", "2025-05-30")
    keepers = (other, client_for(secretariat))
    assert all("Поставить отметку" in text_of(one.get(made.get_absolute_url())) for one in keepers)
    assert "Поставить отметку" not in text_of(client_for(None).get(made.get_absolute_url()))
    mark(practice, arkhangelsk, "studied", "2024-07-01")
    assert "Поставить отметку" in text_of(other.get(made.get_absolute_url()))
    mark(practice, arkhangelsk, "introducing", "2024-08-01")
    assert "Поставить отметку" not in text_of(other.get(made.get_absolute_url()))
