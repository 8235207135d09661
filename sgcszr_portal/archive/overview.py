"""What the page of the archive says before anybody waits for it."""

from dataclasses import dataclass

from resolutions.models import Letter, Resolution
from sgcszr_portal.archive.format import DOCUMENTS
from sgcszr_portal.archive.stored import Names, StoredFile, stored_files
from sgcszr_portal.archive.tables import archived_models, named


@dataclass(frozen=True)
class Heap:
    """Files of one folder: how many, and their bytes."""

    count: int
    size: int


@dataclass(frozen=True)
class Overview:
    """What an archive would hold now.

    Attributes:
        documents: issued documents with their signatures and scans.
        attachments: everything else that is stored.
        decisions: how many decisions are written out.
        letters: how many letters are written out.
        tables: a kind of records → how many there are; kinds without any are left out.
    """

    documents: Heap
    attachments: Heap
    decisions: int
    letters: int
    tables: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        """How many records there are."""
        return sum(count for _, count in self.tables)


def overview() -> Overview:
    """Count what an archive would hold now; the number of queries does not grow with it.

    Raises:
        ArchiveRefused: a stored file is missing; the sentence names it.
    """
    files = stored_files(Names())
    documents = [file for file in files if file.path.startswith(f"{DOCUMENTS}/")]
    attachments = [file for file in files if not file.path.startswith(f"{DOCUMENTS}/")]
    counts = ((named(model), model._base_manager.count()) for model in archived_models())
    return Overview(
        documents=_heap(documents),
        attachments=_heap(attachments),
        decisions=Resolution.objects.count(),
        letters=Letter.objects.count(),
        tables=tuple((title, count) for title, count in counts if count),
    )


def _heap(files: list[StoredFile]) -> Heap:
    return Heap(len(files), sum(file.size for file in files))
