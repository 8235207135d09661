"""What a line of the table says, and the answers that many lines share.

302 for a stranger at a closed page is the way to the login; 404 is what one may not see, 403 what one may not change;
422 and 302 for a POST without fields mean that the persona may send it, and only the fields are missing.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.urls import resolve

Answers = tuple[int, int, int, int, int]
PERSONAS = ("stranger", "other_official", "own_official", "chair", "secretariat")
FOREIGN = ("account_", "mfa_", "admin:")  # pages of libraries, which take other methods as Django's classes do


class Line(NamedTuple):
    """Who gets which answer at one address; None where the page does not take the method."""

    name: str
    args: tuple[object, ...]
    get: Answers | None = None
    post: Answers | None = None
    data: Mapping[str, str] | None = None

    def expected(self, method: str, persona: str, address: str) -> int:
        """The status that a persona gets: what is declared, else 405, which strangers at a closed page do not learn.

        Args:
            method: of HTTP.
            persona: one of `PERSONAS`.
            address: that the line is about, with its arguments.
        """
        declared = {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(method)
        if declared:
            return declared[PERSONAS.index(persona)]
        return 302 if persona == "stranger" and getattr(resolve(address).func, "login_required", True) else 405

    @property
    def is_ours(self) -> bool:
        """Whether the portal's own code answers."""
        return not self.name.startswith(FOREIGN)


def page(
    name: str,
    *args: object,
    get: Answers | None = None,
    post: Answers | None = None,
    data: Mapping[str, str] | None = None,
) -> Line:
    """One line of the table.

    Args:
        name: of the address.
        *args: of the address; names stand for keys of the world.
        get: the answers to GET, and to HEAD.
        post: the answers to POST.
        data: what POST sends, where without it everybody is refused alike; names stand for keys of the world.
    """
    return Line(name, args, get, post, data)


# In the order of PERSONAS: stranger, official of another city, of this city, chair, secretariat.
# Open pages.
EVERYBODY = (200, 200, 200, 200, 200)
EVERYBODY_SENDS = (422, 422, 422, 422, 422)
NOWHERE = (404, 404, 404, 404, 404)
LED_ON = (302, 302, 302, 302, 302)
# Pages for those who log in.
LOGGED_IN = (302, 200, 200, 200, 200)
LOGGED_IN_SEND = (302, 422, 422, 422, 422)
NOT_THERE = (302, 404, 404, 404, 404)
NOBODY = (302, 403, 403, 403, 403)
# Pages and steps of the Union's staff: seen by nobody else, or seen and not theirs to take.
STAFF = (302, 404, 404, 200, 200)
STAFF_ACTS = (302, 403, 403, 200, 200)
STAFF_SENDS = (302, 403, 403, 422, 422)
# The secretariat reads a form, sends it, does what needs no field, looks for what is not there.
SECRETARIAT = (302, 403, 403, 403, 200)
SECRETARIAT_SENDS = (302, 403, 403, 403, 422)
SECRETARIAT_DONE = (302, 403, 403, 403, 302)
SECRETARIAT_MISSES = (302, 403, 403, 403, 404)
# The chair signs.
CHAIR = (302, 403, 403, 200, 403)
CHAIR_SENDS = (302, 403, 403, 422, 403)
# Who controls a point: the chair, and the secretariat on behalf of the chair.
CONTROLLER = (302, 403, 403, 200, 200)
CONTROLLER_SENDS = (302, 403, 403, 422, 422)
# What representatives keep for their own city.
OWN_CITY = (302, 403, 200, 403, 200)
OWN_CITY_SENDS = (302, 403, 422, 403, 422)
# The same about what staff alone see: drafts, letters, contacts.
INNER_NOBODY = (302, 404, 404, 403, 403)
INNER_SECRETARIAT = (302, 404, 404, 403, 200)
INNER_SENDS = (302, 404, 404, 403, 422)
INNER_DONE = (302, 404, 404, 403, 302)
INNER_CITY = (302, 404, 200, 403, 200)
INNER_CITY_SENDS = (302, 404, 422, 403, 422)
# The same about a round, which the asked city sees and the other does not.
ASKED_NOBODY = (302, 404, 403, 403, 403)
ASKED_SECRETARIAT = (302, 404, 403, 403, 200)
ASKED_SENDS = (302, 404, 403, 403, 422)
ASKED_DONE = (302, 404, 403, 403, 302)
ASKED = (302, 404, 200, 200, 200)
ANSWERING = (302, 404, 200, 403, 403)
ANSWERING_SENDS = (302, 404, 422, 403, 403)
ANSWERING_LED_ON = (302, 404, 302, 403, 403)
# Open pages of a draft.
DRAFT = (404, 404, 404, 200, 200)
DRAFT_NOBODY = (404, 404, 404, 403, 403)
# What proves a report on a point that a city controls.
CONTROLLING_CITY = (404, 404, 200, 200, 200)
# Open pages of a registered letter that was not released.
UNRELEASED = (404, 200, 200, 200, 200)
