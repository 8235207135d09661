"""What is in an archive, and that it needs no portal."""

import datetime as dt
import json
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from openpyxl import load_workbook

from accounts.models import User
from documents.models import IssuedDocument
from resolutions.models import Attachment
from sgcszr_portal.archive.stored import Names
from sgcszr_portal.archive.tables import EXCLUDED, SECRETS, archived_models, column_of, row_of
from sgcszr_portal.archive.writing import write_archive
from tests.documents.cms.kit import Identity
from tests.resolutions.factory import DAY, decision, instruct, point_step
from tests.sgcszr_portal.archive.conftest import Kept, data_of
from tests.sgcszr_portal.archive.portal import SLUG, build_portal

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
]  # the archive of all tests is written by a portal with a database

MOMENT = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
LINK = re.compile(r'href="([^"#]+)"')


@pytest.fixture(scope="session")
def unpacked(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, unpacked elsewhere."""
    place = tmp_path_factory.mktemp("elsewhere")
    with zipfile.ZipFile(kept.path) as archive:
        archive.extractall(place)
    return place


def written_at(moment: dt.datetime) -> bytes:
    output = BytesIO()
    write_archive(output, moment=moment)
    return output.getvalue()


def test_every_model_is_archived_or_left_out_for_a_reason() -> None:
    known = {model._meta.label for model in archived_models()} | EXCLUDED.keys()
    everything = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert everything == known
    assert all(reason.endswith(".") for reason in EXCLUDED.values())
    assert not EXCLUDED.keys() & {model._meta.label for model in archived_models()}


def test_no_column_that_sounds_like_a_secret_is_archived_unawares() -> None:
    rows = {f"resolutions.{row}.key" for row in ("DecisionPoint", "PreambleParagraph", "SubPoint")}  # name them
    codes = {f"documents.IssuedDocument.{name}" for name in ("verification_code", "prints_code")}  # stand on the paper
    directions = {f"practices.{model}.code" for model in ("Direction", "HistoricalDirection")}  # stand in addresses
    harmless = codes | rows | directions
    sounds = re.compile(r"password|secret|token|nonce|key|code|otp")
    columns = {column_of(field) for model in archived_models() for field in model._meta.concrete_fields}
    unheard = {"accounts.OutgoingMail.text"}  # whose name does not say it: letters bring codes and links
    assert {one for one in columns if sounds.search(one.rpartition(".")[2])} == (SECRETS.keys() - unheard) | harmless


def test_the_archive_holds_no_secrets(kept: Kept) -> None:
    assert len(kept.secrets) > 10
    with zipfile.ZipFile(kept.path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    assert [secret for secret in kept.secrets if secret in everything] == []


def test_it_holds_something_of_everything(kept: Kept) -> None:
    empty = {label for label, rows in data_of(kept.path)["tables"].items() if not rows}
    assert empty == set(), "put something of it into portal.build_portal, so that its way back is tested"


def test_sha256sum_finds_everything_in_order(unpacked: Path) -> None:
    command = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    checked = subprocess.run(command, cwd=unpacked, capture_output=True, check=True)  # noqa: S603 - as people do
    files = [path for path in unpacked.rglob("*") if path.is_file()]
    assert checked.stdout.decode().count(": OK") == len(files) - 1


def test_sha256sum_finds_a_changed_file(unpacked: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", f"{unpacked}/.", str(tmp_path)], check=True)  # noqa: S603, S607
    changed = next((tmp_path / "Документы/Подписанные").glob("*.pdf"))
    changed.write_bytes(changed.read_bytes() + b" ")
    assert subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False).returncode  # noqa: S607


def test_the_index_leads_to_every_file_and_nowhere_else(unpacked: Path) -> None:
    page = (unpacked / "index.html").read_text(encoding="utf-8")
    linked = {unquote(link) for link in LINK.findall(page)}
    files = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert linked == files - {"index.html"}
    assert "<script" not in page
    assert "http" not in page


def test_the_index_tells_where_things_stand(unpacked: Path) -> None:
    page = (unpacked / "index.html").read_text(encoding="utf-8")
    for said in (
        "Демонстрационные данные.",
        "Подписано",
        "В работе",
        "1/24",
        "вх. № 77/5 от 1\u00a0августа\u00a02024\u00a0г.: просьба 1 – удовлетворена",
        "запись отменена",
        "Кострома",
        "Ёлкино",
        "(внесено ошибочно, убрано из портала)",
        "прежде: Прежний",
    ):
        assert said in page
    members = {
        name: re.search(rf'<th scope="row">{name}.*?</th>\s*<td>.*?</td>\s*<td>(да|нет)</td>', page, re.DOTALL)
        for name in ("Целый", "Новый", "Великие Луки", "Кострома")
    }
    assert [found[1] for found in members.values() if found] == ["да", "нет", "нет", "да"]
    letters = page[page.index('id="letters"') : page.index('id="incoming"')]
    assert "1\u00a0августа\u00a02024\u00a0г.: просьба 1 – отказано" not in letters  # what said so was voided
    assert "2\u00a0августа\u00a02024\u00a0г." not in letters


def test_the_index_names_files_where_they_belong(unpacked: Path) -> None:
    page = unquote((unpacked / "index.html").read_text(encoding="utf-8"))
    decision = page[page.index('id="decisions"') : page.index('id="letters"')]
    letters = page[page.index('id="letters"') : page.index('id="municipalities"')]
    for name in ("подпись 1.sig", "скан 2.pdf", "пункт 3, Отчёт.txt"):
        assert re.search(re.sub(r" \d", r" \\d+", name), decision)
    for name in ("Скан.pdf", "Скан (2).pdf", "Опись № 5 1.pdf", "Ответ.pdf", "Исх. № 1-24"):
        assert name in letters


def test_the_report_on_execution_is_in_it_with_the_letters(unpacked: Path) -> None:
    folder = unpacked / "Документы/Решения"
    (pdf,), (book,) = (folder.glob(f"Информация об исполнении решения от 27.06.2024.{end}") for end in ("pdf", "xlsx"))
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "Переписка" in load_workbook(book).sheetnames


def test_stored_files_are_in_it_byte_by_byte(kept: Kept) -> None:
    paths = [path for column in data_of(kept.path)["files"].values() for path in column.values()]
    with zipfile.ZipFile(kept.path) as archive:
        assert sorted(archive.read(path) for path in paths) == sorted(kept.files.values())


def test_the_tables_open(unpacked: Path) -> None:
    cities = load_workbook(unpacked / "Таблицы/Муниципальные образования.xlsx").worksheets[0]
    letters = load_workbook(unpacked / "Таблицы/Реестр писем.xlsx").worksheets[0]
    assert "Кострома" in [cell.value for cell in cities["A"]]
    appeal = next(row for row in letters.iter_rows(values_only=True) if row[0] == "1/24")
    assert appeal[:2] == ("1/24", dt.datetime(2024, 7, 5))  # noqa: DTZ001 - openpyxl knows no time zones
    assert appeal[7] == "вх. № 77/5 от 1\u00a0августа\u00a02024\u00a0г.: просьба 1 – удовлетворена"
    incoming = load_workbook(unpacked / "Таблицы/Реестр писем.xlsx").worksheets[1]
    (answer,) = [row for row in incoming.iter_rows(values_only=True) if row[0] == "77/5"]
    assert (answer[2], answer[5]) == ("Правительство Российской Федерации", "просьба 1: удовлетворена")


def test_the_same_state_gives_the_same_bytes(media: Path, authority: Identity, person: Identity) -> None:
    build_portal(authority, person)
    assert written_at(MOMENT) == written_at(MOMENT)
    assert written_at(MOMENT) != written_at(MOMENT + dt.timedelta(minutes=1))


def test_the_index_says_by_how_many_days_a_report_came_too_late(media: Path, secretariat: User) -> None:
    point = decision("assignment", by=secretariat).points.get()
    instruct(point, by=secretariat, due_on=DAY)
    point_step(point, "start", by=secretariat)
    point_step(point, "report", by=secretariat, on=DAY + dt.timedelta(days=5))
    output = BytesIO()
    write_archive(output)
    with zipfile.ZipFile(output) as archive:
        assert "Доложено с опозданием на 5\u00a0дней" in archive.read("index.html").decode()


def test_a_place_that_cannot_be_written_to_is_named(media: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere/a.zip не удалось: No such file or directory"):
        call_command("export_archive", str(tmp_path / "nowhere/a.zip"))


def test_names_are_safe_and_unique() -> None:
    names = Names()
    given = [
        names.take("Вложения", name)
        for name in ("а/б:.pdf", "А Б.pdf", "../../x.pdf", "е\u0308.pdf", "ё.pdf", "x" * 300)
    ]
    assert given[:5] == [
        "Вложения/а б.pdf",
        "Вложения/А Б (2).pdf",
        "Вложения/x.pdf",
        "Вложения/ё.pdf",
        "Вложения/ё (2).pdf",
    ]
    assert len(given[5]) < 140


def test_moments_keep_their_microseconds_and_json_its_shape() -> None:
    user = User.objects.create_user("a@example.org", "parol-parol-1", name="А", role="chair")
    user.date_joined = dt.datetime(2024, 6, 27, 12, 0, 0, 123456, tzinfo=dt.UTC)
    row = row_of(user)
    assert row["date_joined"] == "2024-06-27T12:00:00.123456+00:00"
    assert row["password"] is None
    assert row["calendar_key"] == ""
    assert json.loads(json.dumps(row)) == row


class TestDamagedStorage:
    """A file that is missing or changed: no archive rather than one that does not hold what it says."""

    @pytest.fixture(autouse=True)
    def full(self, media: Path, authority: Identity, person: Identity) -> None:
        build_portal(authority, person)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        Path(Attachment.objects.earliest("pk").file.path).unlink()
        with pytest.raises(CommandError, match="нет в хранилище"):
            call_command("export_archive", str(tmp_path / "a.zip"))
        assert [path.name for path in tmp_path.iterdir()] == ["media"]

    def test_a_changed_document_is_named(self, tmp_path: Path) -> None:
        issued = Path(IssuedDocument.objects.get(kind="decision").file.path)
        issued.chmod(0o600)
        issued.write_bytes(b"%PDF-1.7 forged")
        with pytest.raises(CommandError, match="повреждён"):
            call_command("export_archive", str(tmp_path / "a.zip"))
        assert [path.name for path in tmp_path.iterdir()] == ["media"]

    def test_the_command_writes_for_nobody_else_to_read(self, tmp_path: Path) -> None:
        call_command("export_archive", str(tmp_path / "a.zip"), verbosity=0)
        assert (tmp_path / "a.zip").stat().st_mode & 0o777 == 0o600
        assert data_of(tmp_path / "a.zip")["tables"]["resolutions.Resolution"][0]["slug"] == SLUG


def test_a_column_of_files_that_nobody_named_is_archived_too(
    monkeypatch: pytest.MonkeyPatch, media: Path, authority: Identity, person: Identity
) -> None:
    from sgcszr_portal.archive import stored

    build_portal(authority, person)
    monkeypatch.setattr(stored, "PLACES", {})
    paths = {file.path for file in stored.stored_files(Names())}
    assert len(paths) == sum(
        model._base_manager.exclude(**{field.attname: ""}).count()
        for model in archived_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    )
    assert any(path.startswith("Вложения/Приложенные файлы, файл/") for path in paths)
