"""The table: what is confirmed, what is refused and with which words; one module per theme."""

from tests.documents.cms.table import algorithms, coats, shapes
from tests.documents.cms.table.row import Row

ROWS: list[Row] = [row for theme in (algorithms, shapes, coats) for row in theme.ROWS]
