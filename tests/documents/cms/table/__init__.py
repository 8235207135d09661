"""The table: what is confirmed, what is refused and with which words; one module per theme."""

from tests.documents.cms.table import (
    algorithms,
    certificates,
    coats,
    dates,
    names,
    oddities,
    paths,
    revocation,
    shapes,
    signers,
    times,
)
from tests.documents.cms.table.row import Row

_THEMES = (algorithms, shapes, coats, certificates, oddities, paths, names, dates, signers, times, revocation)
ROWS: list[Row] = [row for theme in _THEMES for row in theme.ROWS]
