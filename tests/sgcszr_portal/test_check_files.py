"""`manage.py check_files`: each row has its file, each file its row, and what killed processes leave is mended."""

import os
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from documents.models import IssuedDocument, PreparedFile
from documents.storage import UNFINISHED
from resolutions.models import Attachment, Resolution
from resolutions.signing import sign
from tests.documents.prepared import a_file
from tests.resolutions.factory import decision, point_step, upload
from tests.sgcszr_portal.archive.portal import files_in

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with files_in(tmp_path / "media"):
        yield tmp_path / "media"


@pytest.fixture
def resolution(secretariat: User, chair: User) -> Resolution:
    """A signed decision, and a file attached to its point."""
    decided = decision("recommendation", by=secretariat)
    sign(decided, version=decided.version, by=chair)
    point_step(decided.points.get(), "note", by=secretariat, text="Письмо.", files=[upload()])
    return decided


def check(*arguments: str) -> str:
    out = StringIO()
    call_command("check_files", *arguments, stdout=out)
    return out.getvalue()


def lost() -> str:
    out = StringIO()
    with pytest.raises(CommandError, match="Lost files: 1"):
        call_command("check_files", "--mend", stdout=out)
    return out.getvalue()


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def age(path: Path) -> None:
    """Let a file be two hours old."""
    then = time.time() - 7200
    os.utime(path, (then, then))


def test_files_and_rows_that_agree_are_counted(resolution: Resolution, media: Path) -> None:
    before = files(media)
    assert "Files: 2, lost: 0, strays: 0, too young: 0" in check("--mend", "--older-than=0")
    assert files(media) == before


def test_a_missing_file_is_told_with_its_row(resolution: Resolution, media: Path) -> None:
    attached = Attachment.objects.get()
    (media / str(attached.file.name)).unlink()
    assert f"Lost: resolutions.Attachment {attached.pk}: file {attached.file.name} is missing" in lost()
    assert Attachment.objects.count() == 1


def test_changed_bytes_are_told_and_stay(resolution: Resolution, media: Path) -> None:
    issued = IssuedDocument.objects.get()
    path = media / "issued" / str(issued.file.name)
    path.chmod(0o640)
    path.write_bytes(b"other")
    assert f"Lost: documents.IssuedDocument {issued.pk}: file {issued.file.name} holds other bytes" in lost()
    assert path.read_bytes() == b"other"


def test_what_an_undone_transaction_left_is_set_aside(resolution: Resolution, secretariat: User, media: Path) -> None:
    with transaction.atomic():
        point_step(resolution.points.get(), "note", by=secretariat, text="Ещё.", files=[upload(content=b"%PDF-2")])
        orphan = str(Attachment.objects.latest("pk").file.name)
        transaction.set_rollback(True)
    assert "too young: 1" in check("--mend") and (media / orphan).exists()
    age(media / orphan)
    assert f"Orphan: {orphan}" in check() and (media / orphan).exists()
    assert "Mended: 1" in check("--mend") and not (media / orphan).exists()
    assert (media / "set-aside" / orphan).read_bytes() == b"%PDF-2"
    assert "strays: 0, too young: 0" in check()


def test_an_issued_orphan_is_set_aside_too(resolution: Resolution, media: Path) -> None:
    storage = IssuedDocument._meta.get_field("file").storage
    storage.save("ab/abcd.pdf", ContentFile(b"undone"))
    age(media / "issued/ab/abcd.pdf")
    check("--mend")
    assert "issued/set-aside/ab/abcd.pdf" in files(media) and "issued/ab/abcd.pdf" not in files(media)


def test_a_prepared_orphan_is_removed_for_it_may_hold_contacts(resolution: Resolution, media: Path) -> None:
    storage = PreparedFile._meta.get_field("file").storage
    storage.save("ab/archive.zip", ContentFile(b"everything"))
    age(media / "prepared/ab/archive.zip")
    assert "Orphan: ab/archive.zip" in check("--mend")
    assert not [path for path in files(media) if path.endswith("archive.zip")]


def test_the_same_bytes_stored_again_are_young_again(resolution: Resolution, media: Path) -> None:
    storage = IssuedDocument._meta.get_field("file").storage
    storage.save("ab/abcd.pdf", ContentFile(b"issued"))
    age(media / "issued/ab/abcd.pdf")
    storage.save("ab/abcd.pdf", ContentFile(b"issued"))
    assert "strays: 0, too young: 1" in check("--mend")


def test_what_was_never_finished_is_removed(resolution: Resolution, media: Path) -> None:
    unfinished = media / "attachments" / f".0123456789abcdef{UNFINISHED}"
    unfinished.write_bytes(b"hal")
    assert "strays: 0, too young: 1" in check("--mend") and unfinished.exists()
    age(unfinished)
    assert f"Unfinished: attachments/{unfinished.name}" in check("--mend")
    assert not unfinished.exists() and "set-aside" not in " ".join(files(media))


def test_other_things_at_the_top_are_none_of_its_business(resolution: Resolution, media: Path) -> None:
    (media / "portal.sqlite3").write_bytes(b"a database")
    assert "strays: 0, too young: 0" in check("--mend", "--older-than=0")
    assert (media / "portal.sqlite3").exists()


def test_a_file_that_goes_away_meanwhile_does_no_harm(resolution: Resolution) -> None:
    from sgcszr_portal.files import compare

    name = default_storage.save("attachments/orphan.pdf", ContentFile(b"x"))
    found = compare()
    default_storage.delete(name)
    assert [stray.name for stray in found.strays] == [name] and found.older_than(1) == []


@pytest.mark.django_db
def test_a_file_that_is_made_again_when_asked_for_is_not_lost() -> None:
    a_file()
    assert "Files: 1, lost: 0" in check()
