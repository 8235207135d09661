"""`…/entries/<id>/void/`: an entry is voided together with those that stand on it, with the right ones or without."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from resolutions.ledgers import faults
from resolutions.models import Correction, DecisionPoint, Party, ProgressEntry
from revisions.also_wrong import GONE
from tests.conftest import ClientFor
from tests.resolutions.factory import PDF, point_step, void
from tests.resolutions.steps import assign

pytestmark = pytest.mark.slow

REASON = "Доклад был по другому пункту."


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2024, month, number)


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def entries(point: DecisionPoint, secretariat: User) -> dict[str, ProgressEntry]:
    """A point that was reported, returned and reported again."""
    steps = [("start", 7), ("report", 8), ("note", 8), ("return_for_rework", 9), ("instruct", 10)]
    taken = {name: point_step(point, name, by=secretariat, on=day(month)) for name, month in steps}
    return taken | {"last": point_step(point, "report", by=secretariat, on=day(11))}


def send(client: Client, entry: ProgressEntry, *also: ProgressEntry, **said: Any) -> Any:
    point = DecisionPoint.objects.get(pk=entry.point_id)
    data = {"reason": REASON, "version": point.version, "also": [one.pk for one in also]} | said
    return client.post(f"{point.get_absolute_url()}entries/{entry.pk}/void/", data)


def right(entry: ProgressEntry, **said: Any) -> dict[str, Any]:
    """The right entry instead of one that is voided too, as the form sends it."""
    usual = {"replaces": "on", "happened_on": str(entry.happened_on), "text": entry.text, "behalf_ground": "протокол"}
    return {f"right{entry.pk}-{name}": value for name, value in (usual | said).items()}


def page(response: Any) -> str:
    found: str = response.content.decode().replace("\xa0", " ")
    return found


def stands(entry: ProgressEntry) -> list[str]:
    rows = entry.point.progress.in_force().order_by("happened_on", "pk")
    return [one.action for one in rows]


def test_what_cannot_be_voided_alone_is_voided_together(client: Client, entries: dict[str, ProgressEntry]) -> None:
    alone = send(client, entries["report"])
    assert alone.status_code == 422
    assert "более поздняя запись «Возвращено на доработку» от 1 сентября 2024 г." in page(alone)
    answer = send(client, entries["report"], entries["return_for_rework"])
    assert answer.status_code == 302
    assert stands(entries["report"]) == ["start", "note", "instruct", "report"]
    told = page(client.get(answer.url))
    assert "Запись отменена: доложено об исполнении. Вместе с ней: возвращено на доработку." in told
    assert told.count(REASON) == 2
    assert list(faults()) == []


def test_only_later_entries_that_may_stand_on_it_are_offered(client: Client, entries: dict[str, ProgressEntry]) -> None:
    address = f"{entries['report'].point.get_absolute_url()}entries/{entries['report'].pk}/void/"
    shown = page(client.get(address))
    offered = [name for name, one in entries.items() if f'name="also" value="{one.pk}"' in shown]
    assert offered == ["return_for_rework", "instruct", "last"]
    assert "Возвращено на доработку, 1 сентября 2024 г." in shown
    last = page(client.get(f"{entries['last'].point.get_absolute_url()}entries/{entries['last'].pk}/void/"))
    assert "Отменить вместе с ней" not in last
    assert "Показать отмеченные" not in last


def test_each_has_its_right_entry_in_its_place(client: Client, entries: dict[str, ProgressEntry]) -> None:
    """Both were typed a month too early: the right days, together."""
    reported, returned = entries["report"], entries["return_for_rework"]
    moved = {"right-happened_on": "2024-09-15", "right-text": "Доклад.", "right-result": "achieved", "replaces": "on"}
    alone = send(client, reported, **moved)
    assert alone.status_code == 422
    file = SimpleUploadedFile("Замечания.pdf", PDF)
    both = send(
        client,
        reported,
        returned,
        **moved,
        **right(returned, happened_on="2024-09-20", text="Доделать.", attachments=[file]),
    )
    assert both.status_code == 302
    assert "Верные записи внесены." in page(client.get(both.url))
    rows = reported.point.progress.in_force().filter(happened_on__month=9).order_by("happened_on")
    assert [(one.action, one.happened_on.day, one.text) for one in rows] == [
        ("report", 15, "Доклад."),
        ("return_for_rework", 20, "Доделать."),
    ]
    assert [one.name for one in rows[1].files.all()] == ["Замечания.pdf"]
    assert list(faults()) == []


def test_what_is_ticked_is_shown_before_anything_is_written(client: Client, entries: dict[str, ProgressEntry]) -> None:
    returned = entries["return_for_rework"]
    typed = {"right-text": "Набрано.", "reason": "", "show": "also", "replaces": "on"}
    answer = send(client, entries["report"], returned, **typed)
    shown = page(answer)
    assert answer.status_code == 200
    assert ProgressEntry.objects.count() == 6
    assert f'name="right{returned.pk}-happened_on" value="2024-09-01"' in shown
    assert f'name="also" value="{returned.pk}" id="id_also_0" checked' in shown
    assert "Набрано." in shown
    assert "Обязательное поле" not in shown
    assert f'name="right{returned.pk}-version"' not in shown
    again = page(send(client, entries["report"], returned, **typed, **right(returned, happened_on="давно")))
    assert 'value="давно"' in again
    assert "правильную дату" not in again


def test_without_its_tick_a_right_entry_is_not_written(client: Client, entries: dict[str, ProgressEntry]) -> None:
    returned = entries["return_for_rework"]
    said = right(returned, text="Набрано.")
    del said[f"right{returned.pk}-replaces"]
    assert send(client, entries["report"], returned, **said).status_code == 302
    assert stands(returned) == ["start", "note", "instruct", "report"]


def test_one_right_entry_is_told_as_one(client: Client, entries: dict[str, ProgressEntry]) -> None:
    last = entries["last"]
    said = right(last, happened_on="2024-11-02", result="achieved")
    answer = send(client, entries["instruct"], last, **said)
    assert "Вместе с ней: доложено об исполнении. Верная запись внесена." in page(client.get(answer.url))


def test_all_errors_are_shown_at_once_and_nothing_is_lost(client: Client, entries: dict[str, ProgressEntry]) -> None:
    returned = entries["return_for_rework"]
    said = right(returned, happened_on="давно", text="Набрано.")
    answer = send(client, entries["report"], returned, **said, reason="")
    assert answer.status_code == 422
    for kept in ("Обязательное поле", "правильную дату", "Набрано.", 'value="давно"'):
        assert kept in page(answer)
    assert len(stands(returned)) == 6


def test_one_that_somebody_voided_meanwhile_is_named(
    client: Client, entries: dict[str, ProgressEntry], secretariat: User
) -> None:
    void(entries["last"], by=secretariat)
    answer = send(client, entries["report"], entries["return_for_rework"], entries["last"])
    assert answer.status_code == 422
    assert GONE in page(answer)


def test_the_second_writer_keeps_the_ticks(client: Client, entries: dict[str, ProgressEntry]) -> None:
    returned = entries["return_for_rework"]
    answer = send(client, entries["report"], returned, version=1, **right(returned, text="Набрано."))
    assert answer.status_code == 409
    assert f'value="{returned.pk}" id="id_also_0" checked' in page(answer)
    assert "Набрано." in page(answer)


def test_who_voids_what_somebody_voided_meanwhile_gets_everything_back(
    client: Client, entries: dict[str, ProgressEntry], secretariat: User
) -> None:
    last, returned = entries["last"], entries["return_for_rework"]
    void(last, by=secretariat)
    typed = {"replaces": "on", "right-text": "Набрано.", "right-happened_on": "2024-11-02"}
    answer = send(client, last, **typed)
    assert answer.status_code == 403
    for kept in ("Запись уже отменена.", REASON, "Набрано."):
        assert kept in page(answer)
    reported = entries["report"]
    point = DecisionPoint.objects.get(pk=reported.point_id)
    point.correct([Correction(reported), Correction(returned)], reason="Ошибка.", version=point.version, by=secretariat)
    answer = send(client, reported, entries["instruct"], **right(entries["instruct"], text="Набрано и это."))
    assert answer.status_code == 403
    assert "Набрано и это." in page(answer)


def test_whose_work_it_is_is_corrected_before_what_others_did_is_typed_again(
    client: Client, point: DecisionPoint, secretariat: User
) -> None:
    """The form of a right report would say for whom it is taken by the wrong instruction."""
    assign(point, Party.objects.outside("Минстрой"), by=secretariat)
    wrong = point.progress.get()
    started = point_step(point, "start", by=secretariat, on=day(8))
    said = {"responsible": "outside", "responsible_name": "Минцифры", "controller": "body:chair", "warn_days": "14"}
    said |= {"term_unit": "calendar", "happened_on": str(wrong.happened_on)}
    mended = {"replaces": "on"} | {f"right-{name}": value for name, value in said.items()}
    refused = send(client, wrong, started, **mended, **right(started))
    assert refused.status_code == 422
    assert "верные шаги после него запишите как новые" in page(refused)
    assert send(client, wrong, started, **mended).status_code == 302
    assert stands(wrong) == ["instruct"]
