"""The table: what is confirmed, what is refused and with which words; one module per theme."""

from tests.documents.cms.table import algorithms, certificates, coats, dates, names, paths, shapes
from tests.documents.cms.table.row import Row

ROWS: list[Row] = [
    row for theme in (algorithms, shapes, coats, certificates, paths, names, dates) for row in theme.ROWS
]
