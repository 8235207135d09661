"""What is open today, for whom it waits, and what others owe: one value, which page and paper show."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from accounts.models import UnionProfile
from accounts.tasks import EVERYBODY, Task, Urgency, urgency_of
from municipalities.models import Municipality
from resolutions.correspondence.due import LATE, Situation, letter_told
from resolutions.correspondence.owed import Owed, awaited_on
from resolutions.models import Letter
from russian.collation import in_russian_order, sort_key
from russian.templatetags.russian import quoted
from sgcszr_portal.due import tasks_for
from sgcszr_portal.handing_over.people import OF_MEMBERS, OF_PEOPLE, POSTS, PRINCIPALS, Holders, People

KIND = "Передача дел"
OF_NOBODY, OWED = "nobody", "owed"
NO_DAY = "Срок ответа не назван: ждём, пока ответят"
_FOR_NOBODY = (
    "Тех, кого ждут эти дела, в портале нет: назначьте представителей муниципальных образований и тех, кто исполняет "
    "обязанности, или внесите сведения за них. Ответить муниципальное образование может и по личной ссылке."
)
_BY_WHOM = {
    OF_PEOPLE: ("Названные по имени", "Дела, порученные людям, а не органам Союза."),
    OF_MEMBERS: ("Муниципальные образования", "Дела тех, у кого есть представители в портале."),
    OF_NOBODY: ("Некому исполнить в портале", _FOR_NOBODY),
    OWED: ("Кто должен ответить Союзу", "Просьбы и письма, на которые Союз ждёт ответа: от кого и какие."),
}


@dataclass(frozen=True)
class Row:
    """Something open.

    Attributes:
        key: names it, as in «Сроки и дела».
        what: the thing.
        url: where the reader finds it, without the host; the page of the act itself may be only for whom it waits.
        why: what to do next.
        due_on: the last day; None without one.
        urgency: how near that day is.
        others: where it waits for others too, who they are and what they are told.
    """

    key: str
    what: str
    url: str
    why: str
    due_on: dt.date | None
    urgency: Urgency
    others: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether its day is over."""
        return self.urgency == Urgency.OVERDUE


@dataclass(frozen=True)
class Group:
    """What waits for the same one.

    Attributes:
        whom: who that is, and who acts for them; empty where the section says it.
        rows: what is late first.
    """

    whom: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """What waits for the like.

    Attributes:
        code: the anchor at which it stands.
        title, lead: what is in it.
        groups: by whom it waits for; none where nothing does.
    """

    code: str
    title: str
    lead: str
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def anchor(self) -> str:
        """What opens its rows on the page."""
        return f"#{self.code}"

    @property
    def late(self) -> int:
        """How many of the rows are late."""
        return sum(row.is_late for row in self.rows)


@dataclass(frozen=True)
class HandingOver:
    """All that is open.

    Attributes:
        day: today, in Moscow.
        union: whose it is.
        portal: the portal's own address, before those of the rows.
        posts: what there is to hold, and who holds it.
        spoken_for: the members for whom somebody speaks in the portal, each with who does: «Кострома: К.К. Костромин».
        alone: the others, by name.
        sections: all of them, whether anything is in them or not.
    """

    day: dt.date
    union: str
    portal: str
    posts: tuple[tuple[str, tuple[str, ...]], ...]
    spoken_for: tuple[str, ...]
    alone: tuple[str, ...]
    sections: tuple[Section, ...]


Rows = list[tuple[str, Row]]  # each with whom it waits for


def handing_over(day: dt.date) -> HandingOver:
    """All that is open, from a number of queries that does not grow with it.

    Args:
        day: today, in Moscow.
    """
    people = People(day)
    placed = _placed(tasks_for(EVERYBODY, day), people)
    placed[OWED] = _owed(day)
    members = list(Municipality.objects.members_on(day).order_by(in_russian_order("name"), "pk"))
    spoken_for = {one.pk: names for one in members if (names := people.speaking_for(one.pk))}
    return HandingOver(
        day=day,
        union=UnionProfile.on(day).full_name,
        portal=settings.PUBLIC_URL,
        posts=tuple((post.together, people.holding(post)) for post in POSTS),
        spoken_for=tuple(f"{one.name}: {', '.join(spoken_for[one.pk])}" for one in members if one.pk in spoken_for),
        alone=tuple(one.name for one in members if one.pk not in spoken_for),
        sections=(
            *(_of_post(one, placed[one.code]) for one in map(people.standing, PRINCIPALS)),
            *(_by_whom(code, placed[code]) for code in _BY_WHOM),
        ),
    )


def _placed(tasks: list[Task], people: People) -> dict[str, Rows]:
    """Each task once, by the codes of sections, with whom it waits for."""
    same: dict[str, list[tuple[Holders, Task]]] = defaultdict(list)
    for task in tasks:
        same[task.key].append((people.of(task.whose), task))
    placed: dict[str, Rows] = defaultdict(list)
    for asked in same.values():
        asked.sort(key=lambda one: not one[0].names)  # the first who can do it
        first = asked[0][0]
        placed[first.code if first.names else OF_NOBODY].append((first.told, _row(asked)))
    return placed


def _row(asked: Sequence[tuple[Holders, Task]]) -> Row:
    (_, task), *others = asked
    told = tuple(f"{holders.title}: {quoted(other.why)}" for holders, other in others)
    return Row(task.key, task.what, task.url_for_others, task.why, task.due_on, task.urgency, told)


def _owed(day: dt.date) -> Rows:
    """What bodies owe, with their names; what is to be answered first comes first."""
    letters = Letter.objects.awaited().select_related("point").defer("body", "search_text")
    owed = sorted(awaited_on(day, letters), key=lambda one: (one.until or dt.date.max, one.letter.pk))
    return [(str(one.body or one.letter.addressee), _owed_row(one, day)) for one in owed]


def _owed_row(owed: Owed, day: dt.date) -> Row:
    told = letter_told(owed.letter)
    return Row(
        key=f"owed-{owed.letter.pk}-{owed.body.pk if owed.body else ''}-{owed.until}-{owed.is_late}",
        what=f"{told} ({owed.asks_told})" if owed.letter.point_id else told,
        url=owed.letter.get_absolute_url(),
        why=_of_owed(owed),
        due_on=owed.until,
        urgency=Urgency.OVERDUE if owed.is_late else urgency_of(owed.until, day),
    )


def _of_owed(owed: Owed) -> str:
    """Where the answer stands; what the secretariat does about it stands among its own rows."""
    if owed.is_late:
        return LATE
    return str(Situation.WAIT.label) if owed.until else NO_DAY


def _of_post(holders: Holders, rows: Rows) -> Section:
    names = ", ".join(holders.names) or "в портале никого нет"
    groups = (Group("", tuple(row for _, row in rows)),) if rows else ()
    return Section(holders.code, holders.title, f"Сейчас: {names}.", groups)


def _by_whom(code: str, rows: Rows) -> Section:
    title, lead = _BY_WHOM[code]
    groups: dict[str, list[Row]] = defaultdict(list)
    for whom, row in rows:
        groups[whom].append(row)
    return Section(code, title, lead, tuple(Group(one, tuple(groups[one])) for one in sorted(groups, key=sort_key)))
