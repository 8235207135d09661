"""What the secretariat writes about a promise for a city says for whom, and on what ground."""

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment, CommitmentStep
from tests.municipalities.practices.factory import promise, step
from tests.municipalities.practices.test_commitment_ledger import merged
from tests.municipalities.practices.test_commitment_pages import URL, send, take, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SENTENCE = "Напишите, на каком основании запись вносится за муниципальное образование."
TOLD = "За кого: Архангельск. Основание: письмо № 7"


def said(row: CommitmentStep) -> tuple[str, str]:
    return row.on_behalf_of, row.behalf_ground


def void(client: Client, made: Commitment, action: str, **right: str) -> int:
    wrong = made.steps.get(action=action, voided_by=None)
    data = {f"right-{name}": text for name, text in right.items()}
    data |= {"reason": "Ошибка.", "replaces": "on", "version": str(Commitment.objects.get(pk=made.pk).version)}
    return client.post(f"{URL}{made.pk}/steps/{wrong.pk}/void/", data).status_code


def test_a_promise_and_a_step_for_a_city_have_their_ground_and_everybody_is_told(
    secretary: Client, arkhangelsk: Municipality
) -> None:
    send(secretary, behalf_ground="  письмо   № 7 ")
    made = Commitment.objects.get()
    take(secretary, made, "milestone", happened_on="2024-09-01", behalf_ground="устное поручение")
    assert [said(row) for row in made.steps.order_by("pk")] == [
        ("Архангельск", "письмо № 7"),
        ("Архангельск", "устное поручение"),
    ]
    for reader in (Client(), secretary):
        card = text_of(reader.get(made.get_absolute_url()))
        assert card.count(TOLD) == card.count("Основание: устное поручение") == 1
        assert TOLD in text_of(reader.get(URL))
    assert TOLD not in text_of(Client().get(URL, {"as_of": "2024-06-26"}))


@pytest.mark.parametrize(
    ("ground", "sentence"), [("", SENTENCE), (" ", SENTENCE), ("Kотлас", "буква «K» – латинская"), ("п" * 251, "250")]
)
def test_without_a_good_ground_nothing_is_written_and_nothing_lost(
    secretary: Client, arkhangelsk: Municipality, ground: str, sentence: str
) -> None:
    answer = send(secretary, behalf_ground=ground)
    assert (answer.status_code, Commitment.objects.count()) == (422, 0)
    assert sentence in str(answer.context["form"].errors["behalf_ground"])
    assert "Поставить датчики" in text_of(answer)
    made = promise(arkhangelsk)
    answer = take(secretary, made, "kept", behalf_ground=ground)
    assert (answer.status_code, made.steps.count()) == (422, 1)
    assert "Сделано." in text_of(answer)


def test_who_speaks_for_the_city_is_asked_for_none(other: Client, arkhangelsk: Municipality) -> None:
    assert "behalf_ground" not in other.get(f"{URL}add/arkhangelsk/").context["form"].fields
    send(other)
    take(other, Commitment.objects.get(), "kept")
    assert {said(row) for row in CommitmentStep.objects.all()} == {("", "")}


def test_what_is_the_secretariats_own_has_no_ground(
    secretary: Client, secretariat: User, arkhangelsk: Municipality, kostroma: Municipality
) -> None:
    waiting, refused = (promise(arkhangelsk, what, by_link=True) for what in ("Датчики", "Табло"))
    assert "behalf_ground" not in secretary.get(f"{URL}{waiting.pk}/accepted/").context["form"].fields
    take(secretary, waiting, "accepted")
    take(secretary, refused, "dropped")
    merged(arkhangelsk, kostroma, by=secretariat)
    take(secretary, Commitment.objects.get(pk=waiting.pk), "passed", happened_on="2026-01-01")
    steps = CommitmentStep.objects.filter(action__in=("accepted", "dropped", "passed"))
    assert [said(row) for row in steps] == [("", "")] * 3
    assert "behalf_ground" in secretary.get(f"{URL}{waiting.pk}/dropped/").context["form"].fields


def test_the_second_of_two_keeps_the_ground(secretary: Client, arkhangelsk: Municipality) -> None:
    made = promise(arkhangelsk)
    step(made, "milestone", "2025-05-29")
    answer = take(secretary, made, "kept", behalf_ground="письмо № 8")
    assert answer.status_code == 409
    assert "На каком основании" in text_of(answer)
    assert 'value="письмо № 8"' in text_of(answer)


def test_the_right_step_has_its_ground_too(secretary: Client, arkhangelsk: Municipality) -> None:
    send(secretary)
    made = Commitment.objects.get()
    wrong = made.steps.get()
    page = text_of(secretary.get(f"{URL}{made.pk}/steps/{wrong.pk}/void/"))
    assert 'value="письмо № 7"' in page
    right = {"happened_on": "2024-06-28", "due_on": "2025-05-30", "who": "Мэр", "text": ""}
    assert void(secretary, made, "made", **right) == 422
    assert void(secretary, made, "made", **right, behalf_ground="письмо № 9") == 302
    assert said(made.steps.get(action="made", voided_by=None)) == ("Архангельск", "письмо № 9")


def test_the_right_step_is_for_whoever_owed_it_then(
    secretary: Client, secretariat: User, arkhangelsk: Municipality, kostroma: Municipality
) -> None:
    made = step(promise(arkhangelsk), "milestone", "2024-09-01")
    whole = merged(arkhangelsk, kostroma, by=secretariat)
    step(made, "passed", "2025-01-01", municipality=whole)
    right = {"happened_on": "2024-09-02", "text": "Иначе.", "behalf_ground": "письмо № 9"}
    assert void(secretary, made, "milestone", **right) == 302
    assert said(made.steps.get(action="milestone", voided_by=None)) == ("Архангельск", "письмо № 9")


def test_the_right_step_of_what_came_by_link_or_is_the_secretariats_has_none(
    secretary: Client, arkhangelsk: Municipality
) -> None:
    made = promise(arkhangelsk, by_link=True)
    first = {"happened_on": "2024-06-28", "due_on": "2025-05-30", "who": "Мэр", "text": ""}
    assert void(secretary, made, "made", **first) == 302
    step(made, "dropped", "2024-07-01")
    assert void(secretary, made, "dropped", happened_on="2024-07-02", text="Не о том.") == 302
    assert {said(row) for row in made.steps.all()} == {("", "")}
