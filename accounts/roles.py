"""What each role may, and each office: the one table that all rules of access read.

A rule asks for a permission, never for a role: a new role is a line of `Role` and an entry of `PERMISSIONS`. A role is
somebody's from a day until it is changed (`accounts.role_keeping`); an office is held from a day to a day
(`accounts.offices`), beside whatever role.
"""

from collections.abc import Iterable
from enum import Enum, auto

from django.db import models


class Role(models.TextChoices):
    """What a person does here; the technical administrator has none."""

    SECRETARIAT = "secretariat", "Секретариат"
    CHAIR = "chair", "Председатель"
    MUNICIPAL = "municipal", "Представитель муниципалитета"

    @property
    def genitive(self) -> str:
        """Whose powers they are: «полномочия председателя Союза»."""
        return _CASES[self][0]

    @property
    def together(self) -> str:
        """Who all have it: «Секретариат»."""
        return self.label

    @property
    def instrumental(self) -> str:
        """Who somebody was: «председателем Союза»."""
        return _CASES[self][1]


_CASES = {
    Role.SECRETARIAT: ("сотрудника секретариата", "сотрудником секретариата"),
    Role.CHAIR: ("председателя Союза", "председателем Союза"),
    Role.MUNICIPAL: ("представителя муниципалитета", "представителем муниципалитета"),
}


class Office(models.TextChoices):
    """What a person is appointed to for a time."""

    ACTING_CHAIR = "acting_chair", "И.о. председателя"
    BOARD = "board", "Член Правления"

    @property
    def role(self) -> Role | None:
        """The role whose work the office does; None where it is nobody else's work."""
        return Role.CHAIR if self == Office.ACTING_CHAIR else None

    @property
    def principal(self) -> str:
        """In whose stead the office acts: «Председатель Союза»; empty where in nobody's."""
        return "Председатель Союза" if self == Office.ACTING_CHAIR else ""

    @property
    def stands_in(self) -> bool:
        """Whether it does the work of a role: then one person holds it at a time, until a last day."""
        return self.role is not None

    @property
    def in_sentence(self) -> str:
        """What it is called within a sentence: «и.о. председателя»."""
        return f"{self.label[:1].lower()}{self.label[1:]}"

    @property
    def together(self) -> str:
        """Who all hold it: «Члены Правления»."""
        return self.label if self == Office.ACTING_CHAIR else "Члены Правления"

    @property
    def genitive(self) -> str:
        """Whose powers they are: «полномочия и.о. председателя»."""
        return self.in_sentence if self == Office.ACTING_CHAIR else "члена Правления"

    @property
    def instrumental(self) -> str:
        """Who somebody was: «членом Правления»."""
        return self.in_sentence if self == Office.ACTING_CHAIR else "членом Правления"


class Permission(Enum):
    """What people do in the portal. What the thing itself says (whose city, which state) is asked beside it."""

    READ_INTERNAL = auto()  # drafts, all letters and rounds, scans, notes, who recorded what
    READ_CORRESPONDENCE = auto()  # letters that were registered, own questions about practices
    KEEP_DECISIONS = auto()  # write, mark as adopted, open again
    CONTROL_POINTS = auto()  # instruct, cancel, act on behalf of others, and void what was wrong
    ACT_AS_CHAIR = auto()  # what waits for the chair about points: accept, return, extend, or carry out
    ACT_AS_BOARD = auto()  # the same for the board
    KEEP_LETTERS = auto()  # draft, number, send, enter answers, and void what was wrong
    SIGN = auto()  # decisions and letters
    ATTACH_SCANS = auto()
    ATTACH_SIGNATURES = auto()
    WITHDRAW_DOCUMENTS = auto()
    KEEP_REGISTRY = auto()  # the list, what is said of any city, its representatives and links; workbooks
    KEEP_PRACTICES = auto()  # practices, marks and solutions of any city
    KEEP_OWN_MUNICIPALITY = auto()  # speak for the cities that one was appointed for
    RUN_SURVEYS = auto()
    MANAGE_USERS = auto()
    LOOK_AFTER_MAIL = auto()  # what waits, left and failed of the portal's own letters
    KEEP_UNION_PROFILE = auto()
    TAKE_ARCHIVE = auto()
    HAND_OVER = auto()  # read all that waits, whomever it waits for


P = Permission

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.SECRETARIAT: frozenset(
        {
            P.READ_INTERNAL,
            P.READ_CORRESPONDENCE,
            P.KEEP_DECISIONS,
            P.CONTROL_POINTS,
            P.KEEP_LETTERS,
            P.ATTACH_SCANS,
            P.ATTACH_SIGNATURES,
            P.WITHDRAW_DOCUMENTS,
            P.KEEP_REGISTRY,
            P.KEEP_PRACTICES,
            P.RUN_SURVEYS,
            P.MANAGE_USERS,
            P.LOOK_AFTER_MAIL,
            P.KEEP_UNION_PROFILE,
            P.TAKE_ARCHIVE,
            P.HAND_OVER,
        }
    ),
    Role.CHAIR: frozenset(
        {
            P.READ_INTERNAL,
            P.READ_CORRESPONDENCE,
            P.ACT_AS_CHAIR,
            P.SIGN,
            P.ATTACH_SIGNATURES,
            P.WITHDRAW_DOCUMENTS,
            P.HAND_OVER,
        }
    ),
    Role.MUNICIPAL: frozenset({P.READ_CORRESPONDENCE, P.KEEP_OWN_MUNICIPALITY}),
}

# What an office gives beside the permissions of the role whose work it does.
OFFICE_PERMISSIONS: dict[Office, frozenset[Permission]] = {
    Office.ACTING_CHAIR: frozenset(),
    Office.BOARD: frozenset({P.READ_INTERNAL, P.READ_CORRESPONDENCE, P.ACT_AS_BOARD}),
}


def permissions_of(role: str) -> frozenset[Permission]:
    """What a role may; nothing where there is none, as for strangers and the technical administrator."""
    return PERMISSIONS.get(role, frozenset())


def roles_with(permission: Permission) -> Iterable[str]:
    """The roles that hold a permission."""
    return [role for role, held in PERMISSIONS.items() if permission in held]


def permissions_of_office(office: Office) -> frozenset[Permission]:
    """What an office gives: all that the role may whose work it does, and its own."""
    return OFFICE_PERMISSIONS[office] | permissions_of(office.role or "")


def offices_with(permission: Permission) -> list[Office]:
    """The offices that give a permission."""
    return [office for office in Office if permission in permissions_of_office(office)]


def posts_with(permission: Permission) -> list[Role | Office]:
    """The roles and offices that give a permission."""
    return [*(Role(role) for role in roles_with(permission)), *offices_with(permission)]


def standing_in_for(post: Role | Office) -> list[Office]:
    """The offices that do the work of a role; none for an office."""
    return [office for office in Office if office.role == post]
