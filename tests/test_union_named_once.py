"""The Union is named in one place of the code; elsewhere stand only the words of a source, and what was signed."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("accounts", "documents", "municipalities", "resolutions", "revisions", "russian", "sgcszr_portal", "templates")
NAME = re.compile(r"СГЦСЗР|Союз[а-я]*\s+городов", re.IGNORECASE)

ELSEWHERE = {
    "accounts/models/union.py": "the source of all",
    "documents/cms/vectors.py": "a message that was signed once",
    "municipalities/seed.py": "the basis of a status, in the words of the decision",
    "sgcszr_portal/settings.py": "the sender of mails, which the environment names",
}


def naming() -> set[str]:
    files = (path for room in ROOMS for kind in ("*.py", "*.html", "*.txt") for path in (ROOT / room).rglob(kind))
    return {
        str(path.relative_to(ROOT))
        for path in files
        if "migrations" not in path.parts and NAME.search(path.read_text(encoding="utf-8"))
    }


def test_the_union_is_named_in_one_place() -> None:
    assert naming() == ELSEWHERE.keys()
