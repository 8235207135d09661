"""Who is there for what waits: who holds which office, and who speaks for which municipality."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from accounts.models.held import Power
from accounts.roles import Office, Permission, Role, permissions_of, posts_with, standing_in_for
from accounts.tasks import Whose
from municipalities.access import speaking
from municipalities.models import Municipality
from russian.templatetags.russian import long_date

Post = Role | Office
OF_MEMBERS, OF_PEOPLE = "members", "people"
POSTS: tuple[Post, ...] = (
    *(one for one in Role if Permission.KEEP_OWN_MUNICIPALITY not in permissions_of(one)),
    *Office,
)
PRINCIPALS = tuple(
    one for one in POSTS if not (isinstance(one, Office) and one.stands_in)
)  # whose work is nobody else's


@dataclass(frozen=True)
class Holders:
    """Who does what waits.

    Attributes:
        code: of the section in which it stands.
        title: what they are.
        names: who they are; nobody where nobody can do it in the portal.
    """

    code: str
    title: str
    names: tuple[str, ...]

    @property
    def told(self) -> str:
        """«Кострома (К.К. Костромин)»."""
        names = ", ".join(self.names)
        return self.title if names in ("", self.title) else f"{self.title} ({names})"


class People:
    """Those who are let in today, and what they hold. Three queries.

    Args:
        day: today, in Moscow.
    """

    def __init__(self, day: dt.date) -> None:
        users = list(User.objects.filter(is_active=True).order_by("name", "pk"))
        self._names = {one.pk: str(one) for one in users}
        self._towns = dict(Municipality.objects.values_list("pk", "name"))
        self._speakers: dict[int, list[str]] = defaultdict(list)
        for one in speaking().select_related("user").order_by("user__name", "pk"):
            self._speakers[one.municipality_id].append(str(one.user))
        self._holding: dict[Post, list[str]] = defaultdict(list)
        for user in users:
            for power in user.powers:
                if power.holds_on(day):
                    self._holding[power.post].append(_until(user, power))

    def holding(self, post: Post) -> tuple[str, ...]:
        """Who holds a role or an office today, and until when, where that is known."""
        return tuple(self._holding.get(post, ()))

    def speaking_for(self, municipality: int) -> tuple[str, ...]:
        """Who speaks for a municipality."""
        return tuple(self._speakers.get(municipality, ()))

    def of(self, whose: Whose) -> Holders:
        """Who does what waits for somebody."""
        if whose.permission:
            return self._of_posts(*posts_with(whose.permission))
        if whose.municipality:
            return Holders(OF_MEMBERS, self._towns[whose.municipality], self.speaking_for(whose.municipality))
        person = self._names[whose.person or 0]
        return Holders(OF_PEOPLE, person, (person,))

    def standing(self, post: Post) -> Holders:
        """Who holds a role or an office, and who stands in for them."""
        return self._of_posts(post, *standing_in_for(post))

    def _of_posts(self, *posts: Post) -> Holders:
        """Those of some posts, as one: the first gives the section; without anybody it gives the title, too."""
        held = [one for one in posts if self.holding(one)] or posts[:1]
        names = dict.fromkeys(name for one in held for name in self.holding(one))
        first, *others = (one.together for one in held)
        title = ", ".join([first, *(f"{one[:1].lower()}{one[1:]}" for one in others)])
        return Holders(posts[0].value, title, tuple(names))


def _until(user: User, power: Power) -> str:
    return f"{user} (по {long_date(power.until)})" if power.until else str(user)
