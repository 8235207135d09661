"""Who may do what: every address of the portal, and what each of five personas gets there by each method.

Names in the arguments stand for keys of the world that `tests/test_access.py` makes. What is not declared is 405 by
rule (`Line.expected`), and asked all the same. `python -m tests.access_page` writes docs/access.md from it.
"""

from tests.access_table.answers import PERSONAS, Line
from tests.access_table.decisions import DECISIONS
from tests.access_table.municipalities import MUNICIPALITIES
from tests.access_table.portal import PORTAL

__all__ = ["PERSONAS", "TABLE", "Line"]

TABLE: list[Line] = [*PORTAL, *DECISIONS, *MUNICIPALITIES]
