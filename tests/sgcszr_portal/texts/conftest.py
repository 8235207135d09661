"""Fixtures of the rooms whose doors are tried."""

from tests.municipalities.conftest import written_columns
from tests.resolutions.conftest import adopted, draft, text

__all__ = ["adopted", "draft", "text", "written_columns"]
