"""Where code or a template asks for a kind by its name, although the entry of its table would say what it wants.

`tests/test_kinds.py` falls when the product does. Giving a kind its name is no question: seeds make things of a kind.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from municipalities.surveys.kinds import QUESTION_KINDS
from resolutions.kinds import LETTER_KINDS, POINT_KINDS

ROOT = Path(__file__).parent.parent
OUTSIDE = ("tests", "var", "migrations")
NAMED = {
    name
    for table in (QUESTION_KINDS, LETTER_KINDS, POINT_KINDS)
    for kind in table.values()
    for name in (kind.code, kind.label)
}
TABLES = ("QUESTION_KINDS", "LETTER_KINDS", "POINT_KINDS")
LOCATED = (ast.expr, ast.stmt)
ASKING = ("filter", "exclude", "get", "Q", "When", "get_or_create", "update_or_create", "get_object_or_404")
SPEAKS_OF_KIND = re.compile(r"\b(?:\w+_)*(?:kinds?|code|label|get_kind_display)(?:__\w+)?\b")
TAG = re.compile(r"\{[%{].*?[%}]\}", re.DOTALL)
LITERAL = re.compile(r"""["']([^"']*)["']""")


def questions_in_code(source: str) -> list[int]:
    """The lines on which Python code asks for a kind by its name.

    Args:
        source: of a module.
    """
    nodes = list(ast.walk(ast.parse(source)))
    asks = (_compares, _matches, _looks_up, _filters, _chooses)
    return sorted({node.lineno for node in nodes if isinstance(node, LOCATED) and any(one(node) for one in asks)})


def _compares(node: ast.AST) -> bool:
    """`point.kind == "appeal"`."""
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    return _speaks(sides) and _names(sides)


def _matches(node: ast.AST) -> bool:
    """`match point.kind: case "appeal": …`."""
    return isinstance(node, ast.Match) and _speaks([node.subject]) and _names([case.pattern for case in node.cases])


def _looks_up(node: ast.AST) -> bool:
    """`POINT_KINDS["appeal"]`, `POINT_KINDS.get("appeal")`."""
    match node:
        case ast.Subscript(table, key) | ast.Call(ast.Attribute(table, "get"), [key, *_]):
            return _last_name(table) in TABLES and _names([key])
    return False


def _filters(node: ast.AST) -> bool:
    """`points.filter(kind="appeal")`."""
    if not isinstance(node, ast.Call) or _last_name(node.func) not in ASKING:
        return False
    return _names([one.value for one in node.keywords if one.arg and SPEAKS_OF_KIND.fullmatch(one.arg)])


def _chooses(node: ast.AST) -> bool:
    """`{"appeal": 30, "gratitude": None}`: a table beside the tables."""
    return isinstance(node, ast.Dict) and len(node.keys) > 1 and all(key and _names([key]) for key in node.keys)


def questions_in_template(source: str) -> Iterator[int]:
    """The lines on which a template asks for a kind by its name.

    Args:
        source: of the template.
    """
    for tag in TAG.finditer(source):
        named = NAMED.intersection(LITERAL.findall(tag[0]))
        if named and SPEAKS_OF_KIND.search(LITERAL.sub("", tag[0])):
            yield source.count("\n", 0, tag.start()) + 1


def _speaks(nodes: Iterable[ast.AST]) -> bool:
    """Whether one of them is a kind: `kind`, `point.kind`, `self.letter_kind`, `question.of_kind.code`."""
    return any(SPEAKS_OF_KIND.fullmatch(_last_name(node)) for side in nodes for node in ast.walk(side))


def _names(nodes: Iterable[ast.AST]) -> bool:
    """Whether the name of a kind stands in one of them: `"appeal"`, `APPEAL`, `PointKind.APPEAL`."""
    every = [node for side in nodes for node in ast.walk(side)]
    literals = {node.value for node in every if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    constants = {name.lower() for node in every if (name := _last_name(node)).isupper()}
    return not NAMED.isdisjoint(literals | constants)


def _last_name(node: ast.AST) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def questions() -> list[str]:
    """Where the product asks, as `file:line`."""
    code = (path for path in ROOT.rglob("*.py") if not set(OUTSIDE).intersection(path.relative_to(ROOT).parts))
    found = [f"{path.relative_to(ROOT)}:{line}" for path in code for line in questions_in_code(path.read_text("utf-8"))]
    for path in (ROOT / "templates").rglob("*.*"):
        lines = questions_in_template(path.read_text("utf-8"))
        found += [f"{path.relative_to(ROOT)}:{line}" for line in lines]
    return sorted(found)
