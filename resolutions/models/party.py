"""Whose work a point is: who carries it out, and who controls that."""

from enum import Enum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.roles import Permission
from municipalities.models import Municipality
from russian.text import plain_text, search_form, tidy

MERGED = "В этот день муниципальное образование уже вошло в состав другого: выберите правопреемника."


class Side(Enum):
    """On which side of a point somebody stands.

    Attributes:
        field: where an instruction names the party of the side.
        told: «ответственный».
    """

    field: str
    told: str

    RESPONSIBLE = "responsible", "ответственный"  # carries it out, and reports
    CONTROLLER = "controller", "контролирующий"  # accepts, returns, extends
    SECRETARIAT = "", "секретариат"  # instructs, cancels, reopens, and does whatever the others told it to do for them

    def __init__(self, field: str, told: str) -> None:
        self.field, self.told = field, told


class PartyKind(models.TextChoices):
    """What a party is."""

    BODY = "body", "Орган Союза"
    MEMBERS = "members", "Все члены Союза"
    MUNICIPALITY = "municipality", "Муниципальное образование"
    USER = "user", "Человек"
    OUTSIDE = "outside", "Сторонний орган"


class UnionBody(models.TextChoices):
    """A body of the Union: whoever holds it on the day of a step acts for it.

    Attributes:
        permission: what they hold who act for it.
    """

    permission: Permission

    SECRETARIAT = "secretariat", Permission.CONTROL_POINTS, "Секретариат Союза"
    CHAIR = "chair", Permission.ACT_AS_CHAIR, "Председатель Союза"
    BOARD = "board", Permission.ACT_AS_BOARD, "Правление Союза"

    def __new__(cls, code: str, *rest: Any) -> "UnionBody":
        """Keep the permission beside the code, which alone is stored and compared."""
        member = str.__new__(cls, code)
        member._value_ = code
        (member.permission,) = rest
        return member


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties; each is kept once."""

    def known(self, party: "Party") -> "Party":
        """The stored party that somebody means; the same one, not stored, when nobody named it before. One query."""
        return self.filter(**party.identity).first() or party

    def kept(self, party: "Party") -> "Party":
        """The stored party that somebody means, stored now when nobody named it before."""
        return party if party.pk else self.get_or_create(**party.identity, defaults={"name": party.name})[0]

    def of_body(self, body: UnionBody) -> "Party":
        """A body of the Union."""
        return self.kept(Party(kind=PartyKind.BODY, body=body))

    def all_members(self) -> "Party":
        """All members of the Union, each for itself."""
        return self.kept(Party(kind=PartyKind.MEMBERS))

    def of_municipality(self, municipality_id: int) -> "Party":
        """A municipality: its representatives act for it."""
        return self.kept(Party(kind=PartyKind.MUNICIPALITY, municipality_id=municipality_id))

    def of_user(self, user_id: int) -> "Party":
        """A person who has an account."""
        return self.kept(Party(kind=PartyKind.USER, user_id=user_id))

    def outside(self, name: str) -> "Party":
        """A body that nobody here acts for; its name is kept as it was typed first, whatever the letter case."""
        return self.kept(Party(kind=PartyKind.OUTSIDE, name=tidy(name)))


class Party(models.Model):
    """One who may be responsible for points, or control them. What it is called is kept beside every instruction."""

    kind = models.CharField("кто это", max_length=20, choices=PartyKind)
    body = models.CharField("орган Союза", max_length=20, choices=UnionBody, blank=True)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="муниципальное образование"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="человек"
    )
    name = models.CharField("название", max_length=250, blank=True, validators=[plain_text])
    search_name = models.CharField(max_length=1000, blank=True, editable=False)  # ligatures grow

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "сторона"
        verbose_name_plural = "стороны"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    Q(kind=PartyKind.BODY, body__in=UnionBody.values)
                    | Q(kind__in=[one for one in PartyKind if one != PartyKind.BODY], body=""),
                ),
                name="party_body_is_of_the_union",
            ),
            models.CheckConstraint(
                condition=Q(kind=PartyKind.MUNICIPALITY, municipality__isnull=False)
                | Q(~Q(kind=PartyKind.MUNICIPALITY), municipality__isnull=True),
                name="party_municipality_where_it_is_one",
            ),
            models.CheckConstraint(
                condition=Q(kind=PartyKind.USER, user__isnull=False) | Q(~Q(kind=PartyKind.USER), user__isnull=True),
                name="party_user_where_it_is_one",
            ),
            models.CheckConstraint(
                condition=Q(Q(kind=PartyKind.OUTSIDE), ~Q(name=""), ~Q(search_name=""))
                | Q(~Q(kind=PartyKind.OUTSIDE), name="", search_name=""),
                name="party_name_where_it_is_outside",
            ),
            models.UniqueConstraint(
                fields=["kind", "body", "search_name"],
                condition=Q(municipality__isnull=True, user__isnull=True),
                name="party_body_once",
            ),
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(municipality__isnull=False), name="party_municipality_once"
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(user__isnull=False), name="party_user_once"),
        ]

    def __str__(self) -> str:
        if self.kind == PartyKind.BODY:
            return str(self.get_body_display())
        if self.kind == PartyKind.MEMBERS:
            return str(self.get_kind_display())
        return str(self.municipality or self.user or self.name)

    @property
    def identity(self) -> dict[str, Any]:
        """What tells it from every other party; a name does so whatever its letter case."""
        keys = {"kind": self.kind, "body": self.body, "search_name": search_form(self.name)}
        return keys | {"municipality_id": self.municipality_id, "user_id": self.user_id}

    @property
    def of_body(self) -> UnionBody | None:
        """The body of the Union that it is."""
        return UnionBody(self.body) if self.body else None


# Who answers before anybody was instructed.
AT_FIRST = {Side.RESPONSIBLE: UnionBody.SECRETARIAT, Side.CONTROLLER: UnionBody.CHAIR}


def party_at_first(side: Side) -> Party:
    """Who stands on a side before anybody was instructed: the secretariat carries out, the chair controls."""
    return Party(kind=PartyKind.BODY, body=AT_FIRST[side])


# What to read with a point whose parties are asked about.
PARTIES = tuple(
    f"{side.field}__{name}"
    for side in (Side.RESPONSIBLE, Side.CONTROLLER)
    for name in (PartyKind.MUNICIPALITY.value, PartyKind.USER.value)
)
# Who may act for some party, so that files are taken from them.
MAY_ACT = (*(body.permission for body in UnionBody), Permission.KEEP_OWN_MUNICIPALITY)
