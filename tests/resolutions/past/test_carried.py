"""What of a decision the workbook carries, field by field; what it leaves out, its guide says."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

import pytest
from django.db import models

from accounts.models import User
from municipalities.practices.models import Commitment, CommitmentStep
from resolutions.models import (
    Ask,
    AskOutcome,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    LetterStep,
    Outcome,
    Party,
    PointAction,
    PointPromise,
    PointResult,
    PreambleParagraph,
    ProgressEntry,
    Resolution,
    SubPoint,
)
from resolutions.past.columns import NOTHING
from resolutions.past.guide import GUIDE
from resolutions.past.loading import judge, load
from resolutions.past.portal import rows_of_portal
from resolutions.past.rows import PastRows, Sheet
from resolutions.past.sheets import FIELDS, SHEETS
from tests.municipalities.factory import city
from tests.resolutions.past.books import numbered
from tests.resolutions.past.folder import MINSTROY, example_a

pytestmark = pytest.mark.django_db

# What a field is where no column carries it.
OWN = "tells records of the portal apart"
FOLLOWS = "follows from the rest"
WHO = "the workbook is the ground of what is loaded, and who loads it is its actor"
REGISTERED = "of letters that the portal numbers itself"
ISSUED = "issued by the portal: the past was signed on paper"
BORNE = "the asks that a letter bears are rows of their own"
# Left out, as the guide says: a part of its sentence.
FORMULAS, MEASURE = "Особые формулы «отмечает» и «решило»", "чем измеряется исполнение рекомендаций"
NOTES, EXTENDED = "Примечания к отправке, вручению и аннулированию", "перенос сроков ответа"
COUNTED, SURVEY = "как считали срок и за сколько дней о нём предупреждать", "обмен, подготовивший решение"
ABOUT, PRACTICE = "отметки, что входящее пришло по пункту", "Обязательство перенять практику"
PASSED, LINK = "передача правопреемникам", "обязательство взято по личной ссылке"
WITHIN, MAILED = "порядок писем и входящих внутри одного дня", "объединение писем в рассылку"
ACCOUNT = "учётная запись ответственного"
IN_GUIDE = (FORMULAS, MEASURE, NOTES, EXTENDED, COUNTED, SURVEY, ABOUT, PRACTICE, PASSED, LINK, WITHIN, MAILED, ACCOUNT)

Told: TypeAlias = Mapping[str, tuple[Sheet, str] | str]
_LEDGER: Told = dict.fromkeys(
    ("id", "recorded_at", "actor", "actor_name", "on_behalf_of", "behalf_ground", "voids", "stands_for"), WHO
)


def _on(sheet: Sheet, *names: str, **others: str) -> dict[str, tuple[Sheet, str]]:
    """Fields that a column of a sheet carries: under their own names, or under others."""
    return {name: (sheet, name) for name in names} | {name: (sheet, column) for name, column in others.items()}


def _left(reason: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, reason)


D, P, L, A = Sheet.DECISIONS, Sheet.POINTS, Sheet.LETTERS, Sheet.ASKS
I, O, S, C = Sheet.INCOMING, Sheet.OUTCOMES, Sheet.STEPS, Sheet.PROMISES  # noqa: E741  # as the sheets are called
CARRIED: Mapping[type[models.Model], Told] = {
    Resolution: {
        **_on(D, "adopted_on", "number", "title", "place", "hearing", "signatory_position", "signatory_name"),
        **_on(D, slug="decision", body_name="body"),
        **_left(OWN, "id", "version", "status"),
        **_left(FOLLOWS, "union_name"),
        **_left(FORMULAS, "noting", "deciding"),
        **_left(SURVEY, "survey_round"),
        **_left(ISSUED, "issued_document"),
    },
    PreambleParagraph: {**_on(D, text="preamble"), **_left(FOLLOWS, "number", "resolution"), **_left(OWN, "id", "key")},
    DecisionPoint: {
        **_on(P, "number", "kind", "text", resolution="decision"),
        **_left(OWN, "id", "version", "key"),
        **_left(MEASURE, "experience_of", "measures", "measured_owner", "measured_question"),
        **_left(FOLLOWS, "state", "responsible", "responsible_name", "controller", "controller_name", "due_on", "term"),
        **_left(FOLLOWS, "warn_days", "result", "result_on", "result_reason", "begun_by_deed", "watched_anew_on"),
        **_left(FOLLOWS, "reported_late_by", "asked_due_on", "asked_on", "answered"),
    },
    SubPoint: {**_on(P, text="subpoints"), **_left(FOLLOWS, "number", "point"), **_left(OWN, "id", "key")},
    ProgressEntry: {
        **_LEDGER,
        **_on(S, "point", "happened_on", "action", "text", "responsible", "controller", "due_on", "result"),
        **_on(S, "result_reason", "asked_due_on", "obstacles", "next_step"),
        **_on(S, responsible_name="responsible", controller_name="controller", lifts_due="due_on"),
        **_on(S, placed_before="happened_on"),  # by the order of the rows
        **_left(COUNTED, "term", "warn_days"),
        **_left(ABOUT, "incoming"),
        **_left(MEASURE, "measures", "measured_owner", "measured_question"),
    },
    Letter: {
        **_on(L, "number", "date", "kind", "point", "correspondent", "addressee", "heading", "salutation", "body"),
        **_on(L, "signatory_position", "signatory_name", "executor", "reply_days"),
        **_on(L, resolution="decision", municipality="correspondent"),
        **_left(OWN, "id", "version", "created_at"),
        **_left(REGISTERED, "sequence"),
        **_left(FOLLOWS, "year", "is_awaited", "awaited_until", "state", "due_on", "search_text", "repeats"),
        **_left(BORNE, "new_asks"),
        **_left(MAILED, "mailing"),
        **_left(ISSUED, "issued_document"),
    },
    LetterStep: {
        **_LEDGER,
        **_on(L, "channel", happened_on="sent_on", action="annulled_on", letter="number"),
        **_left(NOTES, "text"),
        **_left(EXTENDED, "due_on", "lifts_due"),
        **_left(WITHIN, "placed_before"),
    },
    Ask: {**_on(A, "letter", "number", "text"), **_left(OWN, "id")},
    CarriedAsk: {**_on(A, "letter", "renews", ask="number"), **_left(FOLLOWS, "step"), **_left(OWN, "id")},
    IncomingLetter: {
        **_on(I, "number", "received_on", "correspondent"),
        **_left(OWN, "id", "version"),
        **_left(REGISTERED, "sequence"),
        **_left(FOLLOWS, "year", "is_voided", "search_text"),
    },
    IncomingEntry: {
        **_LEDGER,
        **_on(I, "correspondent", "their_number", "their_date", "text", happened_on="received_on", letter="number"),
        **_left(WITHIN, "placed_before", "among_sent"),
    },
    Outcome: {**_on(O, "outcome", "until", "forwarded_to", entry="incoming", ask="number"), **_left(OWN, "id")},
    Commitment: {
        **_on(C, "municipality", "due_on", "who", "made_on", maker="municipality", measure="what", ended_on="kept_on"),
        **_left(OWN, "id", "version"),
        **_left(PRACTICE, "practice"),
        **_left(FOLLOWS, "state", "accepted_on"),
        **_left(LINK, "by_link"),
    },
    CommitmentStep: {
        **_LEDGER,
        **_on(C, "due_on", "who", happened_on="made_on", action="dropped_on", text="reason", commitment="what"),
        **_left(PASSED, "municipality"),
        **_left(LINK, "by_link"),
        **_left(WITHIN, "placed_before"),
    },
    PointPromise: {**_on(C, "point", commitment="what"), **_left(OWN, "id")},
    Correspondent: {
        **_on(L, name="correspondent", municipality="correspondent"),
        **_left(OWN, "id"),
        **_left(FOLLOWS, "search_name"),
    },
    Party: {
        **_on(S, name="responsible", kind="responsible", body="responsible", municipality="responsible"),
        **_left(ACCOUNT, "user"),
        **_left(OWN, "id"),
        **_left(FOLLOWS, "search_name"),
    },
}


@pytest.mark.parametrize("model", CARRIED, ids=lambda model: model.__name__)
def test_each_field_is_carried_or_left_out_for_a_reason(model: type[models.Model]) -> None:
    assert set(CARRIED[model]) == {one.name for one in model._meta.concrete_fields}


def test_what_carries_a_field_is_a_column() -> None:
    named = {place for told in CARRIED.values() for place in told.values() if isinstance(place, tuple)}
    assert named <= {(sheet, one.field) for sheet, spec in SHEETS.items() for one in spec.columns}


def test_each_column_carries_something() -> None:
    """What a row is named by beside its own sheet is a column of another one."""
    named = {place for told in CARRIED.values() for place in told.values() if isinstance(place, tuple)}
    naming = {"decision", "point", "letter", "date", "incoming", "received_on", "number"}
    more = {(L, "delivered_on")}  # a step, as its sending is
    columns = {(sheet, one.field) for sheet, spec in SHEETS.items() for one in spec.columns if one.field not in naming}
    assert columns - named == more


@pytest.mark.parametrize("left", IN_GUIDE)
def test_the_guide_says_what_is_left_out(left: str) -> None:
    assert left in " ".join(GUIDE.values())


def _everything() -> PastRows:
    """Rows of which each column says something at least once."""
    folder = example_a()
    said = {"number": "5", "body": "Правление Союза", "hearing": "Заслушав доклад,", "preamble": ("Раз.", "Два.")}
    folder.decision("r-2023", "20.06.2023", **said, signatory_position="Сопредседатель")
    folder.point("r-2023", 1, "assignment", subpoints=("сделать раз;", "сделать два."))
    folder.letter(
        "9/24",
        "11.09.2024",
        correspondent=MINSTROY,
        addressee="Министру\nИ.О. Фамилии",
        heading="О поддержке",
        salutation="Уважаемый Иван Иванович!",
        body="Просим.\nЖдём.",
        signatory_position="Сопредседатель",
        signatory_name="И.И. Иванов",
        executor="П.П. Петров, 12-34",
        annulled_on="12.09.2024",
    )
    folder.ask(3, "9/24", "11.09.2024", "")
    folder.letter("10/24", "02.11.2024", sent_on="02.11.2024").ask(1, "10/24", "02.11.2024", "", True)
    folder.incoming("4", "10.11.2024", their_number="11-02/5", their_date="08.11.2024", text="Решено.\nПолностью.")
    folder.outcome("4", "10.11.2024", 1, AskOutcome.SATISFIED)
    report = {
        "result": PointResult.ACHIEVED,
        "result_reason": "Так и есть.",
        "obstacles": "Мало\nденег.",
        "next_step": "Найти.",
    }
    own = {"decision": "r-2023", "point": 1}
    everybody = {"responsible": "Все члены Союза", "controller": "Председатель Союза", "point": 1}
    folder.step(PointAction.INSTRUCT, "28.06.2024", "", due_on="30.06.2025", **everybody)
    folder.step(PointAction.INSTRUCT, "21.06.2023", "", due_on="01.09.2023", **everybody | own)
    folder.step(PointAction.REQUEST, "01.07.2023", "Не успеваем.", asked_due_on="01.12.2023", **own)
    folder.step(PointAction.START, "02.07.2023", "Начали.", **own)
    folder.step(PointAction.REPORT, "01.08.2023", "Сделано.", **report, **own)
    folder.promise("Тверь", kept_on="01.11.2024", decision=folder.rows.decisions[0].decision, point=1)
    folder.promise("Тверь", "Построить мост", dropped_on="01.11.2024", reason="Денег\nнет.")
    return folder.rows


def test_the_rows_say_something_in_each_column() -> None:
    rows = _everything()
    empty = [
        (sheet.value, one.field)
        for sheet, spec in SHEETS.items()
        for one in spec.columns
        if all(getattr(row, one.field) in (*NOTHING, False) for row in getattr(rows, FIELDS[sheet]))
    ]
    assert empty == []


def test_each_column_comes_out_as_it_went_in(secretariat: User) -> None:
    town = city("Тверь", 69, joins="2001-01-01")
    rows = _everything()
    assert judge(rows, by=secretariat, file_name="Папка.xlsx").faults == ()
    load(rows, by=secretariat, file_name="Папка.xlsx")
    whose = tuple(replace(one, municipality=f"{town.name} ({town.region})") for one in rows.promises)
    held, said = rows_of_portal(), numbered(replace(rows, promises=whose))
    for name in FIELDS.values():
        assert _in_order(getattr(held, name)) == _in_order(getattr(said, name))


def _in_order(rows: tuple[object, ...]) -> list[str]:
    """Rows in an order of their own: the portal writes them by days."""
    return sorted(str(replace(one, row=0)) for one in rows)  # type: ignore[type-var]  # dataclasses
