"""What the tests of the registry share."""

import pytest

from municipalities import columns
from tests.municipalities.imports.books import WRITTEN_FOR


@pytest.fixture
def written_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table without columns that came after the tests that write letters of a workbook."""
    monkeypatch.setattr(columns, "COLUMNS", tuple(one for one in columns.COLUMNS if one.key in WRITTEN_FOR))
