"""What seldom happens to loading the past: quicker colleagues, killed workers, damaged files."""

import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from background.models import LiveWorker
from municipalities.importing.batches import discard
from municipalities.importing.plan import OutdatedPlan
from municipalities.models import ImportState
from resolutions import jobs
from resolutions.jobs import apply_past, read_past
from resolutions.models import Letter, PastImport, Resolution
from resolutions.past import uploads
from resolutions.past.listing import rows_of
from resolutions.past.loading import PastRefused, load
from resolutions.past.plan import Fault, PastPlan
from resolutions.past.reading import read_book
from resolutions.past.rows import RowFault, Sheet
from tests.meanwhile import meanwhile
from tests.resolutions.past.books import book_of, with_cells
from tests.resolutions.past.conftest import Preview
from tests.resolutions.past.folder import Folder, example_a
from tests.resolutions.past.logged import NAME, past_upload, upload
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/resolutions/past/"
OUTDATED = "после предпросмотра сведения на портале изменились"


@cache
def book() -> bytes:
    """A decision with a point."""
    return book_of(Folder().decision("r-1", "27.06.2019", "assignment").rows)


@pytest.fixture
def one(preview: Preview) -> PastImport:
    """A decision with a point, in preview."""
    return preview(book())


def seen(one: PastImport) -> str:
    return PastPlan.from_json(one.plan).seen


def confirm(client: Client, one: PastImport, mark: str | None = None) -> None:
    client.post(f"{URL}{one.pk}/apply/", {"seen": seen(one) if mark is None else mark})


def page(client: Client, one: PastImport) -> str:
    return client.get(f"{URL}{one.pk}/").content.decode().replace("\xa0", " ")


def state(one: PastImport) -> str:
    one.refresh_from_db()
    return one.state


def loaded() -> list[str]:
    return list(Resolution.objects.values_list("slug", flat=True))


def test_a_plan_that_was_not_seen_is_shown_and_nothing_is_loaded(secretary: Client, one: PastImport) -> None:
    confirm(secretary, one, "0" * 32)
    run_tasks()
    assert (state(one), loaded()) == ("preview", [])
    assert OUTDATED in page(secretary, one)
    confirm(secretary, one)
    run_tasks()
    assert (state(one), loaded()) == ("applied", ["r-1"])
    assert OUTDATED not in page(secretary, one)


def test_what_a_colleague_loads_meanwhile_is_not_loaded_twice(
    secretary: Client, one: PastImport, preview: Preview, chair: User
) -> None:
    other = preview(book())
    confirm(secretary, one)
    with meanwhile(uploads, "_read", lambda: uploads.apply(other, seen=seen(other), by=chair)):
        run_tasks()
    assert (state(other), state(one), loaded()) == ("applied", "preview", ["r-1"])
    shown = page(secretary, one)
    assert OUTDATED not in shown and "Подтверждать больше нечего." in shown
    assert "портал уже знает: загружать нечего" in shown


@pytest.mark.django_db(transaction=True)
def test_of_two_secretaries_who_load_at_the_same_moment_one_does(secretariat: User) -> None:
    two, ended = [past_upload(book(), by=secretariat) for _ in "12"], list[str]()

    def go(one: PastImport) -> None:
        try:
            uploads.apply(one, seen=seen(one), by=secretariat)
            ended.append("applied")
        except OutdatedPlan:
            ended.append("outdated")
        finally:
            connection.close()

    twins = [threading.Thread(target=go, args=[one]) for one in two]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert (sorted(ended), loaded()) == (["applied", "outdated"], ["r-1"])


def test_what_cannot_be_loaded_any_more_says_why(
    secretary: Client, one: PastImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise PastRefused((RowFault(Sheet.POINTS, 5, "number", "Так нельзя."),))

    monkeypatch.setattr(uploads, "load", refuse)
    confirm(secretary, one)
    run_tasks()
    assert (state(one), loaded()) == ("preview", [])
    assert OUTDATED in page(secretary, one)


def test_a_worker_that_is_killed_in_between_leaves_nothing_and_the_next_one_loads(
    secretary: Client, secretariat: User, one: PastImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm(secretary, one)
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(PastImport, "save", _die)
        apply_past.func(one.pk, seen(one), secretariat.pk)
    assert (state(one), loaded()) == ("applying", [])
    run_tasks()
    assert (state(one), loaded()) == ("applied", ["r-1"])
    apply_past.func(one.pk, seen(one), secretariat.pk)
    assert loaded() == ["r-1"]


def _die(*args: object, **kwargs: object) -> None:
    raise KeyboardInterrupt


def test_a_worker_that_is_killed_while_reading_is_followed_by_another(
    secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    secretary.post(URL, {"workbook": upload(book())})
    one = PastImport.objects.get()
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(uploads, "judge", _die)
        read_past.func(one.pk)
    assert (state(one), one.rows) == ("reading", 2)
    assert "прочитано 2 строки" in page(secretary, one)
    run_tasks()
    assert state(one) == "preview"
    read_past.func(one.pk)
    assert state(one) == "preview"


@pytest.mark.parametrize(("mark", "note"), [("", ""), (None, "загрузка остановилась из-за сбоя на портале")])
def test_what_the_worker_gave_up_on_is_said_and_tried_again(
    secretary: Client, one: PastImport, mark: str | None, note: str
) -> None:
    confirm(secretary, one, mark)
    refused = secretary.post(f"{URL}{one.pk}/again/", follow=True)
    assert "повторять нечего" in refused.content.decode()
    DBTaskResult.objects.update(status="FAILED")
    stopped = page(secretary, one)
    assert "Загрузка остановилась из-за сбоя на портале." in stopped and f"{URL}{one.pk}/again/" in stopped
    secretary.post(f"{URL}{one.pk}/again/")
    run_tasks()
    assert (state(one), loaded()) == ("preview", [])
    assert note in page(secretary, one)


def test_what_is_discarded_while_it_is_loaded_is_not_loaded(
    secretary: Client, one: PastImport, secretariat: User
) -> None:
    confirm(secretary, one)
    with meanwhile(uploads, "_read", lambda: discard(one, by=secretariat)):
        run_tasks()
    assert (state(one), loaded()) == ("discarded", [])


def test_what_is_discarded_while_it_is_read_stays_discarded(secretary: Client, secretariat: User) -> None:
    secretary.post(URL, {"workbook": upload(book())})
    one = PastImport.objects.get()
    with meanwhile(jobs, "show", lambda: discard(one, by=secretariat)):
        run_tasks()
    assert (state(one), loaded()) == ("discarded", [])


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"PK\x03\x04"), Path.unlink])
@pytest.mark.parametrize("mark", ["", None])
def test_a_kept_file_that_is_damaged_is_not_loaded(
    secretary: Client, one: PastImport, damage: Callable[[Path], object], mark: str | None
) -> None:
    damage(Path(one.file.path))
    confirm(secretary, one, mark)
    run_tasks()
    assert (state(one), loaded()) == ("refused", [])
    assert "В книге есть ошибки, поэтому не загружено ничего." in page(secretary, one)


def test_a_marked_workbook_of_a_damaged_file_is_told_of(secretary: Client, preview: Preview) -> None:
    one = preview(with_cells(Sheet.POINTS, number=0))
    Path(one.file.path).write_bytes(b"PK\x03\x04")
    answer = secretary.get(f"{URL}{one.pk}/errors.xlsx", follow=True)
    assert answer.redirect_chain == [(f"{URL}{one.pk}/", 302)]
    assert "Файл повреждён: откройте его в Excel" in answer.content.decode()


def test_a_file_that_says_something_else_by_now_is_shown_anew(secretary: Client, one: PastImport) -> None:
    Path(one.file.path).write_bytes(with_cells(Sheet.POINTS, number=0))
    confirm(secretary, one)
    run_tasks()
    assert (state(one), loaded()) == ("refused", [])
    assert "Пункты, B5" in page(secretary, one)


def test_the_page_waits_and_says_when_no_worker_lives(secretary: Client, one: PastImport) -> None:
    confirm(secretary, one)
    waits = page(secretary, one)
    assert "Загружается книга из 2 строк." in waits and "обработчик очереди не работает" in waits
    assert f"{URL}{one.pk}/discard/" in waits
    LiveWorker.objects.create(key="one")
    assert "обработчик очереди не работает" not in page(secretary, one)


def test_the_fragment_that_waits_is_exchanged_and_then_the_whole_page(secretary: Client, one: PastImport) -> None:
    asks = {"HX-Request": "true", "HX-Target": "under-way"}
    confirm(secretary, one)
    fragment = secretary.get(f"{URL}{one.pk}/", headers=asks).content.decode()
    assert "<html" not in fragment and "Загружается книга" in fragment
    run_tasks()
    assert secretary.get(f"{URL}{one.pk}/", headers=asks)["HX-Refresh"] == "true"


def test_what_the_form_itself_sees_as_too_long_a_name_is_refused(secretary: Client) -> None:
    answer = secretary.post(URL, {"workbook": upload(book(), f"{'и' * 151}.xlsx")})
    assert (answer.status_code, "сократите его до 150 знаков" in answer.content.decode()) == (422, True)


def test_the_log_asks_as_much_of_many_as_of_few(secretary: Client, secretariat: User) -> None:
    asked = []
    for number in (1, 4):
        for _ in range(number):
            past_upload(book(), by=secretariat)
        with CaptureQueriesContext(connection) as queries:
            secretary.get(URL)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_state_of_the_portal_is_judged_and_not_changed(secretariat: User, one: PastImport) -> None:
    assert loaded() == [] and not Letter.objects.exists()
    with one.file.open("rb") as file:
        rows = read_book(file).rows
    load(rows, by=secretariat, file_name=NAME)
    again = uploads.plan_of(one, told=lambda rows: None)
    assert (again.added, again.decisions, [each.known for each in again.sheets[:2]]) == (0, [], [1, 1])
    assert ImportState(one.state).label == "Предпросмотр"


def test_example_a_counts_what_it_adds(preview: Preview) -> None:
    plan = PastPlan.from_json(preview(book_of(example_a().rows)).plan)
    assert [(one.slug, one.day_and_number, one.title) for one in plan.decisions] == [
        ("o-gorodah-2024", "27\xa0июня\xa02024\xa0г.", "О развитии городов")
    ]


def test_pages_of_errors_lead_to_the_upload() -> None:
    faults = [Fault(f"Пункты, B{row}", "Пункты", f"B{row}", "Так нельзя.") for row in range(5, 106)]
    plan = PastPlan(faults=faults, errors=101)
    last = rows_of(plan, PastImport(pk=7), QueryDict("page=2"), AnonymousUser())
    assert last.previous_url == "/resolutions/past/7/?page=1"
    assert [[cell.shown for cell in line.cells] for line in last.lines] == [["Пункты, B105", "Так нельзя."]]
