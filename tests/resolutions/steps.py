"""Taking steps of a point through its forms, each by somebody."""

import datetime as dt
from typing import Any

from django.urls import reverse

from accounts.models import User
from resolutions.models import DecisionPoint, Instruction, Party, PointAction, UnionBody
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, point_step


def assign(
    point: DecisionPoint,
    responsible: Party,
    *,
    by: User,
    controller: Party | None = None,
    due_on: dt.date | None = None,
    on: dt.date = DAY,
) -> None:
    """Make a point somebody's work; the chair controls unless said otherwise."""
    said = Instruction(responsible, controller or Party.objects.of_body(UnionBody.CHAIR), due_on=due_on)
    point_step(point, PointAction.INSTRUCT, by=by, on=on, instruction=said)


def step_url(point: DecisionPoint, action: str) -> str:
    return reverse("point_step", args=[point.resolution.slug, point.number, action])


class Life:
    """A point, and people who do something about it."""

    def __init__(self, client_for: ClientFor, point: DecisionPoint) -> None:
        self.client_for, self._pk = client_for, point.pk

    @property
    def point(self) -> DecisionPoint:
        """As it is stored now."""
        return DecisionPoint.objects.select_related("resolution").get(pk=self._pk)

    def tries(self, who: User | None, action: str, on: str, **said: Any) -> Any:
        """Send the form of a step."""
        data = {"happened_on": on, "text": "Сделано.", "version": self.point.version} | said
        return self.client_for(who).post(step_url(self.point, action), data)

    def does(self, who: User, action: str, on: str, **said: Any) -> None:
        """Take a step, which is taken."""
        usual = {"result": "achieved"} if action in ("report", "close") else {}
        answer = self.tries(who, action, on, **usual | said)
        form = answer.context and answer.context.get("form")
        assert answer.status_code == 302, form.errors if form else answer.content.decode()[:2000]

    def form(self, who: User, action: str) -> Any:
        """The form of a step as it opens."""
        return self.client_for(who).get(step_url(self.point, action)).context["form"]

    def page(self, who: User | None) -> str:
        """The card, its spaces all alike."""
        return self.client_for(who).get(self.point.get_absolute_url()).content.decode().replace("\xa0", " ")
