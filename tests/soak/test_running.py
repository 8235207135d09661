"""What is looked for after the faults is found when it is there."""

from pathlib import Path

import pytest

from accounts.models import User
from resolutions.models import Attachment
from tests.resolutions.factory import decision, point_step, upload
from tests.sgcszr_portal.archive.portal import files_in
from tests.soak.running import files_are_whole, is_exact
from tests.soak.writers import Writer, content


def writer(*acknowledged: str) -> Writer:
    return Writer("/", "", "a", 1, True, acknowledged=list(acknowledged), attempted=["a-0.", "a-1."])


def test_what_was_acknowledged_and_perhaps_more_is_right() -> None:
    is_exact(writer("a-0."), ["a-0.", "a-1.", "b-0."])


@pytest.mark.parametrize(
    ("kept", "told"),
    [(["b-0."], "acknowledged and lost"), (["a-0.", "a-0."], "kept twice"), (["a-0.", "a-7."], "never sent")],
)
def test_what_is_wrong_is_told(kept: list[str], told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        is_exact(writer("a-0."), kept)


def test_half_of_a_note_is_told(secretariat: User, tmp_path: Path) -> None:
    point = decision("recommendation", by=secretariat).points.get()
    with files_in(tmp_path / "media"):
        point_step(point, "note", by=secretariat, text="a-0.", files=[upload(content=content("a-0."))])
        files_are_whole(["a-0."])
        with pytest.raises(AssertionError):
            files_are_whole(["a-0.", "a-1."])
        (tmp_path / "media" / str(Attachment.objects.get().file.name)).write_bytes(b"half")
        with pytest.raises(AssertionError, match="half a file"):
            files_are_whole(["a-0."])
