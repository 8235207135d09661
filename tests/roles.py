"""Where the product decides by a role, although the table of permissions would say what it wants.

`tests/accounts/test_roles.py` falls when it does. Giving somebody a role is no decision: invitations
and the ledger of roles do that.
"""

import ast
import re

from accounts.roles import Role
from tests.house import ROOT

OUTSIDE = ("tests", "var", "migrations")
GIVES_ROLES = ("accounts/roles.py", "accounts/demo.py", "accounts/role_keeping.py", "accounts/models/role_row.py")
ASKS_IN_TEMPLATE = re.compile(r"\{%[^%]*\brole\b[^%]*(?:==|!=| in )[^%]*%\}")


def asked_in_code(source: str) -> list[int]:
    """The lines on which code asks for a role, by its name or as the role of somebody.

    Args:
        source: of a module.
    """
    nodes = list(ast.walk(ast.parse(source)))
    invitations = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) == "invite"]
    given = {inner for one in invitations for inner in ast.walk(one)}
    return sorted({node.lineno for node in nodes if isinstance(node, ast.expr) and _asks(node) and node not in given})


def _asks(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(ast.Name("Role"), name):  # Role.CHAIR
            return name in Role.names
        case ast.Compare(left, _, others) | ast.BoolOp(_, [left, *others]):  # user.role == …, … and user.role
            return any(getattr(one, "attr", "") == "role" for one in (left, *others))
        case ast.Call(ast.Name("bool"), [ast.Attribute(_, "role")]):  # bool(user.role)
            return True
        case ast.Call(_, _, keywords):  # filter(role="chair")
            named = [one.value for one in keywords if one.arg and one.arg.startswith("role")]
            asked = {inner.value for one in named for inner in ast.walk(one) if isinstance(inner, ast.Constant)}
            return not asked.isdisjoint(Role.values)
    return False


def asked() -> list[str]:
    """Where the product asks, as `file:line`."""
    code = (path for path in ROOT.rglob("*.py") if not set(OUTSIDE).intersection(path.relative_to(ROOT).parts))
    found = [f"{path.relative_to(ROOT)}:{line}" for path in code for line in asked_in_code(path.read_text("utf-8"))]
    found += [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        if ASKS_IN_TEMPLATE.search(path.read_text("utf-8"))
    ]
    return [place for place in found if not place.startswith(GIVES_ROLES)]
