"""docs/access.md: who may do what, drawn from the table of permissions and from the table of addresses.

`python -m tests.access_page` draws it anew; tests/test_access.py falls when it is not what the tables say.
"""

import os
from collections.abc import Iterator

import django
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.roles import PERMISSIONS, Office, Permission, Role, permissions_of_office
from tests.access_table import PERSONAS, TABLE, Line
from tests.access_table.answers import Answers
from tests.house import ROOT

PAGE = ROOT / "docs/access.md"
OPENING = """# Who may do what

Drawn by `python -m tests.access_page`; a test falls when it is not what the code does.

## Permissions

A role lists what it may (`accounts/roles.py`), and so does an office, which somebody holds from a day to a day beside
their role. Beside the permission a rule asks what the thing itself says: whose city
it is, and in which state.

"""
ADDRESSES = """
## Addresses

What each persona gets at an address in one of its states at least: *reads* a page or file, *acts* by a form or button.
The login library's own pages are left out, and so is Django's administration.

"""
OTHERS = """
For the technical administrator alone:

"""
ACTED = (200, 302, 409, 422)  # 409 and 422: the form lacks only what was seen, or its fields


def routes(patterns: list[URLPattern | URLResolver], above: str = "/") -> Iterator[tuple[str, str]]:
    """The names of all addresses with their routes, «/resolutions/<slug:slug>/»."""
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield str(pattern.name), route
        else:
            yield from routes(pattern.url_patterns, route)


def drawn() -> str:
    """The page as the tables are now."""
    route_of = dict(routes(get_resolver().url_patterns))
    given = {role.name: PERMISSIONS[role] for role in Role} | {one.name: permissions_of_office(one) for one in Office}
    rows = [["Permission", *(name.lower().replace("_", " ") for name in given)]]
    rows += [[f"`{one.name}`", *("yes" if one in held else "" for held in given.values())] for one in Permission]
    pages = [["Address", *(persona.replace("_", " ") for persona in PERSONAS)]]
    for name in dict.fromkeys(line.name for line in TABLE if line.is_ours):
        lines = [line for line in TABLE if line.name == name]
        pages.append([f"`{route_of[name]}`", *(_gets(lines, place) for place in range(len(PERSONAS)))])
    others = [row[0] for row in pages if not any(row[1:])]
    rest = OTHERS + "".join(f"- {one}\n" for one in others)
    return OPENING + _table(rows) + ADDRESSES + _table([row for row in pages if any(row[1:])]) + rest


def _gets(lines: list[Line], place: int) -> str:
    """What the persona at a place gets from the lines of one address."""

    def answers(declared: list[Answers | None]) -> set[int]:
        return {one[place] for one in declared if one}

    is_public = any((line.get and line.get[0] in (200, 404)) or (line.post and line.post[0] != 302) for line in lines)
    reads = 200 in answers([line.get for line in lines])
    acts = not answers([line.post for line in lines]).isdisjoint(ACTED) and (place > 0 or is_public)
    return ", ".join(word for word, holds in (("reads", reads), ("acts", acts)) if holds)


def _table(rows: list[list[str]]) -> str:
    head, *others = rows
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(head), *others))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    PAGE.write_text(drawn(), encoding="utf-8")
