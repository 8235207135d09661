"""The way back: an empty portal becomes the one that was archived."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import IssuedDocument
from documents.storage import IssuedStorage
from municipalities.models import Contact, Municipality, PersonalLink
from municipalities.personal_links import token_of
from municipalities.practices.models import Direction
from municipalities.surveys.models.round import LINKS
from resolutions.models import Letter, LetterStep, Resolution
from revisions.append_only import AppendOnlyViolation
from sgcszr_portal.archive import restoring
from tests.mail import delivered
from tests.municipalities.practices.factory import edition
from tests.resolutions.factory import letter, register
from tests.sgcszr_portal.archive.conftest import Kept, data_of, files_below, is_empty
from tests.sgcszr_portal.archive.portal import SLUG, state_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NEW = "Архангельск-на-Двине-1584"


def restore(path: Path) -> str:
    out = StringIO()
    call_command("restore_archive", str(path), stdout=out)
    return out.getvalue()


@pytest.fixture
def restored(kept: Kept, media: Path) -> Path:
    restore(kept.path)
    return media


def test_every_row_is_as_it_was(kept: Kept, restored: Path) -> None:
    state = state_of()
    for label, rows in kept.state.items():
        assert state[label] == rows, label


def test_every_file_lies_where_it_lay(kept: Kept, restored: Path) -> None:
    assert files_below(restored) == kept.files


def test_an_archive_of_the_restored_portal_says_the_same(kept: Kept, restored: Path, tmp_path: Path) -> None:
    call_command("export_archive", str(tmp_path / "again.zip"), verbosity=0)
    first, second = data_of(kept.path), data_of(tmp_path / "again.zip")
    for key in ("migrations", "tables", "files"):
        assert first[key] == second[key]


def test_what_was_restored_is_said(kept: Kept, media: Path) -> None:
    said = restore(kept.path)
    rows = sum(len(rows) for rows in kept.state.values())
    assert f"Восстановлено записей: {rows}, файлов: {len(kept.files)}." in said
    assert "Паролей в архиве нет" in said


def test_nobody_logs_in_before_setting_a_new_password(client: Client, restored: Path) -> None:
    login = {"login": "secretariat@sgcszr.example", "password": "umny-gorod-2024"}
    assert client.post("/accounts/login/", login).status_code == 422
    client.post("/accounts/password/reset/", {"email": "secretariat@sgcszr.example"})
    letter = delivered()[-1]
    found = re.search(r"/accounts/password/reset/key/\S+", str(letter.body))
    assert found
    form = client.get(found[0], follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert client.post("/accounts/login/", login | {"password": NEW}).status_code == 302
    assert client.get(reverse("archive")).status_code == 200


def test_the_next_number_follows_without_a_gap(kept: Kept, restored: Path) -> None:
    resolution, secretariat = Resolution.objects.get(slug=SLUG), User.objects.get(email="secretariat@sgcszr.example")
    last = Letter.objects.filter(number__endswith="/24").aggregate(last=Max("sequence"))["last"]
    fresh = letter(resolution, reply_days=None)
    register(fresh, by=secretariat)
    assert last
    assert Letter.objects.get(pk=fresh.pk).number == f"{last + 1}/24"


def test_append_only_records_stay_so(restored: Path) -> None:
    step = LetterStep.objects.earliest("pk")
    with pytest.raises(AppendOnlyViolation):
        step.save()
    with pytest.raises(AppendOnlyViolation):
        LetterStep.objects.all().delete()


def test_a_new_record_does_not_inherit_the_history_of_a_deleted_one(restored: Path) -> None:
    history = Contact.history.model  # type: ignore[attr-defined]  # simple-history hides the manager's type
    gone = history.objects.get(name="У.У. Уволенный", history_type="-").id
    fresh = Contact.objects.create(municipality=Municipality.objects.get(slug="kostroma"), name="Новый", phone="1")
    assert fresh.pk > gone
    assert fresh.history.count() == 1  # type: ignore[attr-defined]  # as above


def test_pages_with_history_render(client: Client, restored: Path) -> None:
    client.force_login(User.objects.get(email="secretariat@sgcszr.example"))
    letter = Letter.objects.get(kind="appeal", resolution__slug=SLUG)
    for address in (
        "/",
        reverse("resolution_history", args=[SLUG]),
        reverse("letter", args=[letter.pk]),
        reverse("municipality", args=["kostroma"]),
        reverse("user", args=[User.objects.get(email="chair@sgcszr.example").pk]),
        reverse("municipalities_import"),
    ):
        assert client.get(address).status_code == 200, address


def test_issued_documents_are_handed_out_and_verified(client: Client, restored: Path) -> None:
    document = IssuedDocument.objects.get(kind="decision")
    assert client.get(reverse("decision_pdf", args=[SLUG])).content == document.read()
    assert "Подпись подтверждена" in client.get(document.get_absolute_url()).content.decode()


def test_old_personal_links_are_dead_and_new_ones_work(kept: Kept, restored: Path, client: Client) -> None:
    link = PersonalLink.objects.live().get(municipality__slug="kostroma", purpose=LINKS)
    assert link.nonce not in kept.secrets
    assert client.get(reverse("survey_form", args=[token_of(link)])).status_code == 200


def test_a_portal_with_somebody_in_it_is_refused(kept: Kept, media: Path) -> None:
    User.objects.create_superuser("admin@example.org", "parol-parol-1", name="А")
    with pytest.raises(CommandError, match="Портал не пуст"):
        restore(kept.path)
    assert User.objects.count() == 1
    assert list(media.iterdir()) == []


def test_an_edition_that_somebody_added_is_not_replaced(kept: Kept) -> None:
    edition(2026, "Связь")
    with pytest.raises(CommandError, match="Портал не пуст"):
        restore(kept.path)
    assert Direction.objects.count() == 11


def test_files_that_are_there_already_are_kept(kept: Kept, media: Path) -> None:
    for name, content in kept.files.items():
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(content)
    assert f"файлов: 0 (и {len(kept.files)} уже лежали в хранилище)" in restore(kept.path)


@pytest.mark.parametrize("below", ["attachments", "issued"])
def test_another_file_under_the_same_name_is_not_overwritten(kept: Kept, media: Path, below: str) -> None:
    name = next(name for name in kept.files if name.startswith(below))
    (media / name).parent.mkdir(parents=True)
    (media / name).write_bytes(b"somebody else's")
    with pytest.raises(CommandError, match="уже лежит другой файл"):
        restore(kept.path)
    assert is_empty()
    assert {name: (media / name).read_bytes()} == {
        path: content for path, content in files_below(media).items() if not path.startswith("issued") or path == name
    }


def test_an_issued_file_that_appears_meanwhile_is_not_overwritten(
    kept: Kept, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(name for name in kept.files if name.startswith("issued"))
    (media / name).parent.mkdir(parents=True)
    (media / name).write_bytes(b"somebody else's")
    monkeypatch.setattr(IssuedStorage, "exists", lambda storage, name: False)  # asked a moment before
    with pytest.raises(CommandError, match="уже лежит другой файл"):
        restore(kept.path)
    assert is_empty()
    assert (media / name).read_bytes() == b"somebody else's"


def test_a_storage_that_cannot_be_written_to_is_named(kept: Kept, media: Path) -> None:
    (media / "issued").write_bytes(b"a file where the folder should be")
    with pytest.raises(CommandError, match=r"не записался в хранилище \(Not a directory\): не восстановлено ничего"):
        restore(kept.path)
    assert is_empty()


@pytest.mark.parametrize("at", ["_store_files", "_check_state", "continue_keys"])
def test_a_failure_half_way_leaves_nothing_behind(
    kept: Kept, media: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    real = getattr(restoring, at)

    def fail(*arguments: object) -> None:
        real(*arguments)
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(restoring, at, fail)
    with pytest.raises(RuntimeError):
        restore(kept.path)
    assert is_empty()
    assert [path for path in files_below(media) if not path.startswith("issued/")] == []
    monkeypatch.setattr(restoring, at, real)
    restore(kept.path)  # issued documents that stayed behind are no hindrance
    assert state_of() == kept.state
