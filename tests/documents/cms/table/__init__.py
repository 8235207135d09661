"""The table: what is confirmed, what is refused and with which words; one module per theme."""

from tests.documents.cms.table import algorithms, certificates, coats, paths, shapes
from tests.documents.cms.table.row import Row

ROWS: list[Row] = [row for theme in (algorithms, shapes, coats, certificates, paths) for row in theme.ROWS]
