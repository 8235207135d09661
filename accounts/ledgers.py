"""The ledgers of the Union, of offices and of roles: whether they are legal, and whether people hold what they say."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from accounts.models import OFFICE_RULES, OfficeTerm, RoleRecord, UnionProfileRecord, User
from accounts.models.role_row import ROLE_RULES, kept_roles, role_among
from accounts.models.term import kept_of
from accounts.models.union import UNION_RULES
from revisions.checking import ledger_faults


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Four queries."""
    yield from ledger_faults(UnionProfileRecord(), UnionProfileRecord.objects.all(), UNION_RULES, {}, {})
    rows = list(OfficeTerm.objects.select_related("user"))
    yield from ledger_faults(OfficeTerm(), rows, OFFICE_RULES, {}, {})
    told, roles = kept_of(rows), _rows_of_roles()
    for person in User.objects.order_by("pk").only("offices", "roles", "role"):
        kept: dict[str, Any] = {"offices": person.offices, "roles": person.roles, "role": person.role}
        of_person = roles.get(person.pk, [])
        says = {
            "offices": told.get(person.pk, []),
            "roles": kept_roles(of_person),
            "role": (role_among(of_person) or "") if of_person else person.role,
        }
        yield from ledger_faults(person, of_person, ROLE_RULES, kept, says)


def _rows_of_roles() -> dict[int, list[RoleRecord]]:
    found: dict[int, list[RoleRecord]] = defaultdict(list)
    for row in RoleRecord.objects.all():
        found[row.user_id].append(row)
    return found
