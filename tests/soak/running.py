"""A portal that runs in processes of its own, and what must hold after whatever happened to it."""

from dataclasses import dataclass, field
from pathlib import Path

from municipalities.models import ParticipationRecord
from resolutions.models import Attachment, ProgressEntry
from sgcszr_portal.files import compare, mend
from sgcszr_portal.ledgers import faults
from tests.sgcszr_portal.archive.portal import files_in
from tests.soak.databases import Database
from tests.soak.programs import Program, answers
from tests.soak.writers import Writer, content


@dataclass
class Portal:
    """What runs.

    Attributes:
        port: of the web server.
        known: the environment of its processes.
        database: where rows are.
        web: the web server.
        media: where files are.
        others: further processes.
    """

    port: int
    known: dict[str, str]
    database: Database
    web: Program
    media: Path
    others: list[Program] = field(default_factory=list)

    def ask(self, address: str) -> int:
        """The status of a page."""
        return answers(self.port, address)

    def end(self) -> None:
        """Kill everything but the database, which its own fixture ends."""
        for program in [self.web, *self.others]:
            program.kill()

    def nothing_is_lost(self, writers: list[Writer]) -> None:
        """0 acknowledged writes lost, 0 twice, 0 half-written; no orphan after mending, and the ledgers agree.

        Raises:
            AssertionError: something of it does not hold.
        """
        with self.database.looked_into(), files_in(self.media):
            notes = list(ProgressEntry.objects.filter(action="note").values_list("text", flat=True))
            bases = list(ParticipationRecord.objects.values_list("basis", flat=True))
            for writer in writers:
                is_exact(writer, notes if writer.with_file else bases)
            files_are_whole(notes)
            mend(compare().older_than(0))
            found = compare()
            assert (found.lost, found.strays) == ([], [])
            assert list(faults()) == []


def is_exact(writer: Writer, kept: list[str]) -> None:
    """All that was acknowledged is kept, once, and nothing that was never sent."""
    own = [text for text in kept if text.startswith(f"{writer.name}-")]
    assert len(own) == len(set(own)), f"{writer.name} is kept twice"
    lost = set(writer.acknowledged) - set(own)
    assert not lost, f"acknowledged and lost: {sorted(lost)}"
    assert set(own) <= set(writer.attempted), f"never sent: {sorted(set(own) - set(writer.attempted))}"


def files_are_whole(notes: list[str]) -> None:
    """Each note has its file, with its bytes; no file is without its note."""
    attached = Attachment.objects.select_related("entry")
    texts = []
    for one in attached:
        assert one.entry is not None
        texts.append(one.entry.text)
        with one.file.open("rb") as stream:
            assert stream.read() == content(one.entry.text), f"half a file: {one.file.name}"
    assert sorted(texts) == sorted(notes)
