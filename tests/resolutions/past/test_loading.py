"""The past is loaded: everything stands as if it had been typed into the forms."""

import datetime as dt
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from resolutions.models import (
    Ask,
    AskOutcome,
    Correspondent,
    DecisionPoint,
    IncomingLetter,
    Letter,
    NumberSeries,
    Party,
    PointAction,
    PointResult,
    ProgressEntry,
    Resolution,
    Side,
)
from resolutions.past.loading import MEANWHILE, PastRefused, judge, load
from resolutions.past.loading.desk import ground_of
from resolutions.past.rows import PastRows
from resolutions.text import ResolutionText
from tests.municipalities.factory import city
from tests.resolutions.factory import letter, register
from tests.resolutions.past.folder import (
    ASKS,
    FILE,
    GOVERNMENT,
    SLUG,
    Folder,
    counts,
    day,
    example_a,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GROUND = "Загрузка из файла «Папка 2024.xlsx»"
SATISFIED, INTERIM, FORWARDED = AskOutcome.SATISFIED, AskOutcome.INTERIM, AskOutcome.FORWARDED


def base() -> Folder:
    return Folder().decision(SLUG, "27.06.2024", "recommendation", "appeal", "gratitude")


class TestOnceAndAgain:
    """What loading comes to."""

    def test_judging_writes_nothing(self, secretariat: User) -> None:
        rows = example_a().rows
        judged = judge(rows, by=secretariat, file_name=FILE)
        assert (told(judged), Resolution.objects.count(), Party.objects.count()) == ([], 0, 0)
        assert counts(judged.added) == {sheet.value: number for sheet, number in rows.counted() if number}
        assert load(rows, by=secretariat, file_name=FILE) == judged
        call_command("check_ledgers")

    def test_a_second_time_adds_nothing(self, loaded: User) -> None:
        models: tuple[Any, ...] = (Letter, Ask, ProgressEntry, IncomingLetter, Correspondent, Party)
        before = [model.objects.count() for model in models]
        again = load(example_a().rows, by=loaded, file_name="Другое имя.xlsx")
        assert (counts(again.added), sum(again.known.values())) == ({}, len([*_all(example_a().rows)]))
        assert [model.objects.count() for model in models] == before

    def test_nothing(self, secretariat: User) -> None:
        judged = load(PastRows(), by=secretariat, file_name=FILE)
        assert (judged.added, judged.known, judged.faults) == ({}, {}, ())

    def test_what_comes_up_meanwhile_refuses_all(self, secretariat: User) -> None:
        """Whoever registered a number while the file was judged keeps it."""
        rows, broken = example_a().rows, patch("resolutions.past.loading.store", side_effect=IntegrityError)
        with broken:
            assert [one.sentence for one in judge(rows, by=secretariat, file_name=FILE).faults] == [MEANWHILE]
        with broken, pytest.raises(PastRefused) as refused:
            load(rows, by=secretariat, file_name=FILE)
        assert [one.sentence for one in refused.value.faults] == [MEANWHILE]

    def test_a_preview_holds_the_portal_for_nothing_but_storing(self, secretariat: User) -> None:
        """SQLite lets nobody write from the beginning of a transaction on: all is read and compared before it."""
        rows = example_a().rows
        with CaptureQueriesContext(connection) as shown:
            judge(rows, by=secretariat, file_name=FILE)
        said = [one["sql"] for one in shown]
        begun = next(place for place, sql in enumerate(said) if sql.startswith("SAVEPOINT"))
        assert said[begun + 1].startswith("INSERT")
        assert not any("numberseries" in sql for sql in said)
        with CaptureQueriesContext(connection) as done:
            load(rows, by=secretariat, file_name=FILE)
        assert "numberseries" in done[1]["sql"], "numbers are held before anything is compared"

    def test_a_preview_of_what_is_known_holds_nothing(self, loaded: User) -> None:
        with CaptureQueriesContext(connection) as shown:
            judge(example_a().rows, by=loaded, file_name=FILE)
        assert not any("SAVEPOINT" in one["sql"] for one in shown)

    def test_names_of_files(self) -> None:
        assert ground_of("a\x00b «в».xlsx") == "Загрузка из файла «ab „в“.xlsx»"
        assert ground_of("\n") == "Загрузка из файла «без имени»"
        assert len(ground_of("я" * 999)) == len("Загрузка из файла «»") + 200


def _all(rows: PastRows) -> list[Any]:
    return [one for name in vars(rows) for one in getattr(rows, name)]


class TestDecisions:
    """Decisions and points."""

    def test_text(self, secretariat: User) -> None:
        said = {"hearing": "Заслушав доклад,", "preamble": ("Первое.", " Второе. "), "number": "5", "body": "Правление"}
        folder = Folder().decision(**said).point(number=1).point(number=3, subpoints=("Раз.", "Два."))  # type: ignore[arg-type]
        load(folder.rows, by=secretariat, file_name=FILE)
        stored = Resolution.objects.get()
        text = stored.text
        assert (stored.status, stored.version, stored.issued_document, text.number) == ("adopted", 1, None, "5")
        assert (text.body_name, text.hearing, text.place) == ("Правление", "Заслушав доклад,", "г. Архангельск")
        assert [one.text for one in text.preamble] == ["Первое.", "Второе."]
        assert (text.noting, text.deciding) == (
            "Собрание Союза городов Центра и Северо-Запада России отмечает:",
            "Собрание Союза городов Центра и Северо-Запада России решило:",
        )
        assert text.signatory_position == "Председатель Союза городов Центра и Северо-Запада России"
        assert [one.number for one in text.points] == [1, 3]
        assert text.points[1].lines[1:] == (("3.1", "Раз."), ("3.2", "Два."))

    def test_without_preamble_nothing_is_noted(self, loaded: User) -> None:
        text = Resolution.objects.get().text
        assert (text.noting, text.body_name, text.hearing) == ("", "Общее Собрание", "")

    def test_versions(self, loaded: User) -> None:
        stored = Resolution.objects.get()
        versions = list(stored.versions.order_by("number"))
        assert [(one.number, one.action) for one in versions] == [(1, "loaded")]
        assert {(one.actor, one.actor_name, one.reason) for one in versions} == {(loaded, str(loaded), GROUND)}
        assert [ResolutionText.from_json(one.text) for one in versions] == [stored.text]


class TestLetters:
    """Letters and asks."""

    def test_columns(self, loaded: User) -> None:
        first, second = Letter.objects.order_by("pk")
        assert (first.year, first.state, first.due_on, first.version) == (2024, "delivered", day("07.08.2024"), 4)
        assert (first.addressee, first.new_asks.splitlines()) == (GOVERNMENT, list(ASKS))
        assert first.search_text == "1/24 правительство российской федерации"
        assert (first.signatory_name, first.repeats) == ("Н.В. Корягина", None)
        assert (first.is_awaited, second.is_awaited, second.awaited_until) == (False, True, day("10.10.2024"))
        assert (second.repeats, second.new_asks) == (first, "")
        assert list(first.steps.order_by("pk").values_list("action", flat=True)) == ["register", "send", "deliver"]
        assert {(one.actor, one.on_behalf_of) for one in first.steps.all()} == {(loaded, "")}

    def test_what_was_sent_is_kept_with_its_step(self, loaded: User) -> None:
        second = Letter.objects.get(number="7/24")
        planned, with_step = second.carried.order_by("pk")
        assert (planned.step, planned.ask.text, planned.renews) == (None, ASKS[2], False)
        assert (with_step.step, with_step.ask) == (second.steps.get(action="send"), planned.ask)

    def test_history(self, loaded: User) -> None:
        (line,) = Letter.objects.get(number="7/24").history.all()  # type: ignore[attr-defined]
        assert (line.history_user, line.history_user_name) == (loaded, str(loaded))
        assert (line.history_change_reason, line.history_type, line.repeats.number) == (GROUND, "+", "1/24")

    def test_numbers_go_on_where_they_are_free(self, secretariat: User) -> None:
        """The series is as it was; what it gives next is taken by nobody."""
        load(example_a().rows, by=secretariat, file_name=FILE)
        assert not NumberSeries.objects.exists()
        draft = letter(Resolution.objects.get(), point=Resolution.objects.get().points.get(number=2))
        assert register(draft, by=secretariat, on=day("12.09.2024")).letter.number == "2/24"
        NumberSeries.objects.filter(year=2024).update(last=6)
        draft = letter(Resolution.objects.get(), point=None)
        assert register(draft, by=secretariat, on=day("12.09.2024")).letter.number == "8/24"

    def test_annulled(self, secretariat: User) -> None:
        """Its ask falls, and the number of that is free."""
        folder = base().letter(annulled_on="06.07.2024").ask().letter("2/24").ask(1, "2/24")
        load(folder.rows, by=secretariat, file_name=FILE)
        assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == ["annulled", "registered"]
        assert Letter.objects.get(number="1/24").steps.get(action="annul").text == GROUND
        assert counts(load(folder.rows, by=secretariat, file_name=FILE).added) == {}

    def test_circulars(self, secretariat: User) -> None:
        """A circular that says until when has one ask, for an answer; one to a municipality knows it."""
        city("Тверь", 1)
        folder = base()
        circulars: tuple[dict[str, Any], ...] = ({"point": 1}, {"point": 1}, {"point": None}, {"reply_days": None})
        for number, said in enumerate(circulars, start=1):
            usual = {"kind": "circular", "correspondent": "Тверь", "sent_on": "08.07.2024"}
            folder.letter(f"{number}/24", **usual | said)
        folder.incoming("1", "10.07.2024", "тверь").outcome("1", "10.07.2024", 2, SATISFIED, of="2/24")
        load(folder.rows, by=secretariat, file_name=FILE)
        letters = Letter.objects.order_by("pk")
        assert [[one.number for one in found.asks.all()] for found in letters] == [[1], [2], [1], []]
        assert [found.is_awaited for found in letters] == [True, False, True, False]
        assert {found.municipality for found in letters} == {Municipality.objects.get(name="Тверь")}
        assert letters[0].asks.get().text == "Рассылка: Тверь"
        assert counts(load(folder.rows, by=secretariat, file_name=FILE).added) == {}

    def test_a_repetition_without_a_point(self, secretariat: User) -> None:
        """Of several letters with an ask of the number the one to the same correspondent is meant."""
        folder = base()
        for number, to in (("1/24", "Город А"), ("2/24", "Город Б")):
            said = {"kind": "circular", "point": None, "correspondent": to, "sent_on": "08.07.2024"}
            folder.letter(number, **said)  # type: ignore[arg-type]
        folder.letter("3/24", "10.09.2024", kind="circular", point=None, correspondent="Город Б", sent_on="10.09.2024")
        folder.ask(1, "3/24", "10.09.2024", text="")
        load(folder.rows, by=secretariat, file_name=FILE)
        found = Letter.objects.get(number="3/24")
        assert (found.repeats and found.repeats.number) == "2/24"

    def test_thanks(self, secretariat: User) -> None:
        said = {"kind": "gratitude", "point": 3, "reply_days": None, "sent_on": "08.07.2024"}
        folder = base().letter(correspondent="Докладчику", **said)  # type: ignore[arg-type]
        load(folder.rows, by=secretariat, file_name=FILE)
        found = Letter.objects.get()
        assert (found.addressee, found.correspondent, found.asks.count()) == ("Докладчику", None, 0)
        assert counts(load(folder.rows, by=secretariat, file_name=FILE).known)["Письма"] == 1
        assert not Correspondent.objects.exists()


class TestSteps:
    """Whose steps they were."""

    def test_on_behalf_of_the_party_of_the_day(self, secretariat: User) -> None:
        city("Тверь", 1)
        result: dict[str, Any] = {"result": PointResult.ACHIEVED}
        folder = base().step(PointAction.START, "28.06.2024", point=1)
        folder.step(PointAction.INSTRUCT, "29.06.2024", "", point=1, responsible="Тверь", due_on="27.12.2024")
        folder.step(PointAction.NOTE, "30.06.2024", point=1)
        folder.step(PointAction.REPORT, "01.07.2024", point=1, **result)
        folder.step(PointAction.INSTRUCT, "01.07.2024", "", point=1, controller="Комитет по делам")
        folder.step(PointAction.CLOSE, "02.07.2024", point=1, **result)
        load(folder.rows, by=secretariat, file_name=FILE)
        entries = ProgressEntry.objects.order_by("pk")
        told = [(one.action, one.on_behalf_of) for one in entries]
        assert told == [
            ("start", ""),
            ("instruct", ""),
            ("note", "Тверь"),
            ("report", "Тверь"),
            ("instruct", ""),
            ("close", "Комитет по делам"),
        ]
        assert {one.behalf_ground for one in entries if one.on_behalf_of} == {GROUND}
        assert entries[1].text.replace("\xa0", " ") == "Ответственный: Тверь; срок: 27 декабря 2024 г."
        point = DecisionPoint.objects.get(number=1)
        assert (point.state, point.version, str(point.party(Side.CONTROLLER))) == ("closed", 2, "Комитет по делам")

    def test_a_step_after_what_the_portal_holds(self, secretariat: User) -> None:
        """The party is the one that the portal knows of."""
        city("Тверь", 1)
        folder = base().step(PointAction.INSTRUCT, "29.06.2024", "", responsible="Тверь")
        load(folder.rows, by=secretariat, file_name=FILE)
        load(Folder().step(PointAction.NOTE, "30.06.2024").rows, by=secretariat, file_name=FILE)
        assert ProgressEntry.objects.get(action="note").on_behalf_of == "Тверь"
        assert Party.objects.count() == 1

    def test_a_deadline_is_lifted(self, secretariat: User) -> None:
        folder = base().step(PointAction.INSTRUCT, "29.06.2024", "", due_on="27.12.2024")
        folder.step(PointAction.EXTEND, "30.06.2024", "Срок не нужен.")
        load(folder.rows, by=secretariat, file_name=FILE)
        assert ProgressEntry.objects.get(action="extend").lifts_due
        assert DecisionPoint.objects.get(number=2).due_on is None
        assert counts(load(folder.rows, by=secretariat, file_name=FILE).added) == {}


class TestPromises:
    """Promises of members."""

    def test_made_and_kept(self, secretariat: User) -> None:
        tver = city("Тверь", 1)
        folder = base().step(PointAction.INSTRUCT, "28.06.2024", "", point=1, responsible="Все члены Союза")
        folder.promise("Тверь", decision=SLUG, point=1, kept_on="03.12.2024").promise("Тверь", "Иное")
        load(folder.rows, by=secretariat, file_name=FILE)
        kept, open_one = Commitment.objects.order_by("pk")
        assert (kept.state, kept.ended_on, kept.accepted_on) == ("kept", day("03.12.2024"), day("01.08.2024"))
        assert (kept.maker, kept.municipality, open_one.state) == (tver, tver, "open")
        steps = kept.steps.order_by("pk")
        assert [(one.action, one.on_behalf_of, one.behalf_ground) for one in steps] == [
            ("made", "Тверь", GROUND),
            ("kept", "Тверь", GROUND),
        ]
        assert kept.named_point.point == DecisionPoint.objects.get(number=1)
        assert DecisionPoint.objects.get(number=1).begun_by_deed
        assert counts(load(folder.rows, by=secretariat, file_name=FILE).added) == {}

    def test_what_became_of_it_since(self, secretariat: User) -> None:
        city("Тверь", 1)
        load(base().promise("Тверь").rows, by=secretariat, file_name=FILE)
        folder = Folder().promise("Тверь", dropped_on="01.09.2024", reason="Нет средств.")
        judged = load(folder.rows, by=secretariat, file_name=FILE)
        stored = Commitment.objects.get()
        assert (counts(judged.added), stored.state, stored.version) == ({"Обязательства": 1}, "dropped", 2)
        assert counts(load(folder.rows, by=secretariat, file_name=FILE).added) == {}

    def test_a_deadline_that_was_moved_since(self, secretariat: User) -> None:
        """Both the day of the making and today's are what the portal holds."""
        city("Тверь", 1)
        load(base().promise("Тверь").rows, by=secretariat, file_name=FILE)
        Commitment.objects.get().steps.model.objects.create(
            commitment=Commitment.objects.get(),
            action="moved",
            happened_on=day("01.10.2024"),
            due_on=day("01.02.2025"),
            actor_name="Кто-то",
        )
        Commitment.objects.update(due_on=dt.date(2025, 2, 1))
        for due_on in ("01.12.2024", "01.02.2025"):
            rows = Folder().promise("Тверь", due_on=due_on).rows
            assert counts(load(rows, by=secretariat, file_name=FILE).known) == {"Обязательства": 1}


def test_stray_spaces_are_nothing(loaded: User) -> None:
    rows = example_a().rows
    untidy = replace(rows.letters[0], correspondent=f"  {GOVERNMENT.replace(' ', '  ')}\n", number=" 1/24 ")
    assert load(replace(rows, letters=(untidy, *rows.letters[1:])), by=loaded, file_name=FILE).faults == ()
