"""The first page of an archive tells what stands beside a point: parties, measures, requests, reports, promises."""

import re
import zipfile
from io import BytesIO

import pytest

from accounts.models import User
from municipalities.models import Municipality
from resolutions.models import DecisionPoint, Measure, MeasureCode, MemberReport, NewMemberReport, Party, PointPromise
from sgcszr_portal.archive.writing import write_archive
from tests.municipalities.factory import left
from tests.municipalities.practices.factory import practice, promise, step
from tests.resolutions.factory import DAY, decision, point_step
from tests.resolutions.steps import assign

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def point(secretariat: User) -> DecisionPoint:
    """A recommendation of an adopted decision."""
    return decision("recommendation", by=secretariat).points.get()


def page() -> str:
    """The page in words, without its markup."""
    output = BytesIO()
    write_archive(output)
    with zipfile.ZipFile(output) as archive:
        text = archive.read("index.html").decode()
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("\xa0", " ").split())


@pytest.mark.usefixtures("media")
def test_it_tells_parties_measures_and_the_request_that_waits(
    point: DecisionPoint, secretariat: User, kostroma: Municipality
) -> None:
    assign(point, Party.objects.all_members(), by=secretariat, due_on=DAY)
    point_step(point, "measure", by=secretariat, measure=Measure((MeasureCode.EXPERIENCE,), kostroma.pk))
    point_step(point, "request", by=secretariat)
    told = page()
    assert "Ответственный: Все члены Союза. Контролирует: Председатель Союза." in told
    assert "Запрошен другой срок: 2 июня 2025 г. Ждёт решения с" in told
    assert "Считается: использование опыта (Кострома)." in told
    assert "Обязательства" not in told


@pytest.mark.usefixtures("media")
def test_it_tells_the_reports_of_members(
    point: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    assign(point, Party.objects.all_members(), by=secretariat)
    for city, action in ((kostroma, "send back"), (arkhangelsk, "void")):
        report = MemberReport.objects.create(point=point, municipality=city)
        said = NewMemberReport(DAY, "Изучили.", obstacles="Нет средств.", on_behalf_of=city.name, behalf_ground="почта")
        row = report.report(said, version=1, by=secretariat)
        if action == "void":
            report.void(row, reason="Не тот город.", version=2, by=secretariat)
        else:
            report.send_back(happened_on=DAY, reason="Мало.", version=2, by=secretariat)
    told = page()
    assert "Доклады членов Союза" in told
    day = "5 июля 2024 г."
    of_arkhangelsk = (
        f"Архангельск. {day} Доложено Изучили. Что мешает: Нет средств. За кого: Архангельск. Основание: почта"
    )
    assert f"{of_arkhangelsk} Запись отменена: Не тот город. Кострома. {day} Возвращено" in told
    assert f"Кострома. {day} Возвращено на доработку Мало. Кострома. {day} Доложено Изучили." in told


@pytest.mark.usefixtures("media")
def test_it_tells_all_promises_and_counts_those_to_the_point(
    point: DecisionPoint, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    promised = step(promise(arkhangelsk, practice(kostroma), "2024-08-01", "2024-09-01"), "kept", "2024-09-11")
    PointPromise.objects.create(commitment=promised, point=point)
    DecisionPoint.take_note_of_deeds(point.pk)
    promise(kostroma, "Датчики", "2024-08-01", "2030-09-01")
    left(kostroma, "2025-01-01")
    told = page()
    assert "Обязательства . Выполняются: 0. Из них просрочены: 0. Исполнены: 1. Из них с опозданием: 1." in told
    kept = "01.09.2024 Отдел связи Исполнено с опозданием на 10 дней Пункт 1 решения от 27 июня 2024 г."
    assert kept in told
    assert "Кострома не входит в Союз Датчики 01.09.2030 Отдел связи Выполняется —" in told
