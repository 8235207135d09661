"""No decision names the portal: «Умный город» is named where participation in that project is meant, and only there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("accounts", "documents", "municipalities", "resolutions", "revisions", "russian", "sgcszr_portal", "templates")
PROJECT = re.compile(r"Умн(ый|ого|ому|ым|ом) город\b|umny.gorod")
# What stands around the content of every page, and what it is called.
NAMING = re.compile(r"{% block (?:title|heading|crumb) %}(.*?){% endblock %}", re.DOTALL)

OF_PARTICIPATION = "says in which project a municipality takes part"
WHERE_MEANT = {
    "municipalities/models/__init__.py": OF_PARTICIPATION,
    "municipalities/models/participation.py": OF_PARTICIPATION,
    "municipalities/models/standard.py": "whose Standard it is",
    "municipalities/practices/models/standard.py": "whose directions they are",
    "municipalities/practices/models/solution.py": "what a solution is of",
    "municipalities/practices/forms.py": "what a solution is of",
    "municipalities/practices/uptake.py": OF_PARTICIPATION,
    "municipalities/surveys/demo.py": "the demonstration",
    "municipalities/surveys/forms.py": OF_PARTICIPATION,
    "municipalities/surveys/models/round.py": "an example of a title",
    "municipalities/surveys/seed.py": "the exchange that the decision of 2024 speaks of",
    "municipalities/workbook.py": OF_PARTICIPATION,
    "resolutions/execution/printed.py": OF_PARTICIPATION,
    "resolutions/models/measures.py": OF_PARTICIPATION,
    "resolutions/seed.py": "the decision of 2024",
    "russian/templatetags/russian.py": "an example of marks within marks",
    "sgcszr_portal/settings.py": "the password of the demonstration",
    "templates/documents/survey_summary.html": OF_PARTICIPATION,
    "templates/municipalities/municipality.html": OF_PARTICIPATION,
    "templates/municipalities/registry.html": OF_PARTICIPATION,
    "templates/municipalities/surveys/_answers.html": OF_PARTICIPATION,
    "templates/municipalities/surveys/start.html": OF_PARTICIPATION,
    "templates/municipalities/surveys/summary.html": OF_PARTICIPATION,
    "templates/municipalities/surveys/survey.html": OF_PARTICIPATION,
    "templates/resolutions/_uptake.html": OF_PARTICIPATION,
    "templates/resolutions/execution/_municipalities.html": OF_PARTICIPATION,
    "templates/sgcszr_portal/help.html": OF_PARTICIPATION,
    "templates/sgcszr_portal/overview.html": OF_PARTICIPATION,
}


def texts() -> dict[str, str]:
    files = (path for room in ROOMS for kind in ("*.py", "*.html", "*.txt") for path in (ROOT / room).rglob(kind))
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in files
        if "migrations" not in path.parts
    }


def test_the_project_is_named_where_it_is_meant() -> None:
    assert {path for path, text in texts().items() if PROJECT.search(text)} == WHERE_MEANT.keys()


def test_no_page_is_called_by_it() -> None:
    called = {path: " ".join(NAMING.findall(text)) for path, text in texts().items() if path.endswith(".html")}
    assert sum(map(bool, called.values())) > 50  # the pattern finds what pages are called
    assert [path for path, words in called.items() if PROJECT.search(words)] == []
