"""What every archive has: the names of its own files, its version, and the sentence that refuses."""

FORMAT = "sgcszr-portal/archive"
VERSION = 1

INDEX = "index.html"
STYLE = "index.css"
DATA = "data/portal.json"
SUMS = "SHA256SUMS"

DOCUMENTS = "Документы"
ATTACHMENTS = "Вложения"
TABLES = "Таблицы"

CHUNK = 256 * 1024


class ArchiveRefused(Exception):
    """The archive cannot be made or restored; the text says why, in Russian, and nothing was written."""
