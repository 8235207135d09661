"""The columns of the questionnaire in which members report: how points are told apart, and what is read of them."""

import datetime as dt

import pytest

from accounts.models import User
from municipalities.importing.batches import RefusedFiles
from municipalities.models import Municipality
from municipalities.workbook import HEADER_ROW
from resolutions.models import DecisionPoint, MemberReportRow, Party, Resolution
from resolutions.questionnaire import key_of
from tests.municipalities.imports.books import edited, exported
from tests.resolutions.factory import decision
from tests.resolutions.members.questionnaires import (
    DAY,
    DONE,
    FILLED,
    FIRST,
    POINT,
    RESULT,
    cells,
    filled,
    headings,
    loaded,
    questionnaire,
    write,
)
from tests.resolutions.steps import assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("own_files")]


def test_several_members_and_decisions_stand_in_one_workbook(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    titles = ("О деле", "О другом")
    for slug, title in zip(("one", "two"), titles, strict=True):
        other = decision("recommendation", by=secretariat, slug=slug, adopted_on=dt.date(2025, 3, 3))
        Resolution.objects.filter(pk=other.pk).update(title=title)
        assign(other.points.get(), Party.objects.all_members(), by=secretariat, on=dt.date(2025, 3, 4))
    book = questionnaire(kostroma, arkhangelsk)
    of_other = "Пункт 1 решения от 3\xa0марта\xa02025\xa0г. «О другом»: {}"
    answer = {DONE: "Изучили.", DAY: dt.date(2025, 3, 10)}
    told = {of_other.format(heading.removeprefix(f"{POINT}: ")): value for heading, value in answer.items()}
    for row in (FIRST, FIRST + 1):
        book = filled(book, told if cells(book, row)["ОКТМО"] == kostroma.oktmo else FILLED, row)
    write(loaded(book, secretariat), secretariat)
    found = MemberReportRow.objects.values_list("report__municipality__name", "report__point__resolution__title")
    assert sorted(found) == [("Архангельск", "О благоустройстве"), ("Кострома", "О другом")]


def test_a_heading_of_then_is_understood_after_it_changed(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    """A second decision of the same day makes the first be told apart by its title."""
    answered = filled(questionnaire(kostroma), FILLED)
    other = decision("recommendation", by=secretariat, slug="other")
    assign(other.points.get(), Party.objects.all_members(), by=secretariat)
    assert DONE not in headings(questionnaire(kostroma))
    write(loaded(answered, secretariat), secretariat)
    assert MemberReportRow.objects.get().report.point == shared


def test_decisions_of_one_day_with_like_titles_are_told_apart(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    for slug, title in (("one", "О дёготе"), ("two", "о деготе")):
        other = decision("recommendation", by=secretariat, slug=slug, adopted_on=dt.date(2025, 3, 3))
        Resolution.objects.filter(pk=other.pk).update(title=title)
        assign(other.points.get(), Party.objects.all_members(), by=secretariat, on=dt.date(2025, 3, 4))
    given = questionnaire(kostroma)
    told = [heading for heading in headings(given) if heading.endswith("что сделано")]
    assert [heading.partition("«")[2] for heading in told][:2] == [
        "О дёготе» (1-е): что сделано",
        "о деготе» (2-е): что сделано",
    ]
    days = {heading: heading.replace("что сделано", "дата доклада") for heading in told[:2]}
    typed = {told[1]: "Изучили.", days[told[1]]: dt.date(2025, 3, 10)}
    write(loaded(filled(given, typed), secretariat), secretariat)
    assert MemberReportRow.objects.get().report.point.resolution.slug == "two"


def test_other_workbooks_have_none_of_these_columns(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    assert not any("Пункт" in heading for heading in headings(exported()))
    assert (loaded(exported(), secretariat).changed_cells, MemberReportRow.objects.exists()) == (0, False)


def test_a_column_twice_is_refused(shared: DecisionPoint, secretariat: User, kostroma: Municipality) -> None:
    given = questionnaire(kostroma)
    twice = edited(given, lambda sheet: setattr(sheet.cell(HEADER_ROW, 60), "value", DONE))
    with pytest.raises(RefusedFiles, match="встречается дважды"):
        loaded(twice, secretariat)


def test_a_part_that_lacks_columns_keeps_what_they_held(
    shared: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    write(loaded(filled(questionnaire(kostroma), FILLED), secretariat), secretariat)
    given = questionnaire(kostroma)
    place = headings(given).index(RESULT) + 1
    without = edited(filled(given, {DONE: "Закончили."}), lambda sheet: sheet.delete_cols(place))
    write(loaded(without, secretariat), secretariat)
    assert MemberReportRow.objects.order_by("pk").values_list("text", "result").last() == (
        "Закончили.",
        "План утверждён.",
    )


def test_keys_are_of_points(shared: DecisionPoint) -> None:
    assert key_of(shared.pk, "text") == f"report-{shared.pk}-text"
