"""Taking steps of a point through its forms, each by somebody."""

import datetime as dt
from typing import Any

from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from municipalities.personal_links import give, links_of, token_of
from resolutions.models import (
    DecisionPoint,
    Instruction,
    MemberReport,
    NewMemberReport,
    Party,
    PointAction,
    UnionBody,
)
from resolutions.models.member_report import LINKS
from tests.conftest import ClientFor
from tests.resolutions.factory import DAY, decision, point_step, upload


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


def whose_work(secretariat: User, city: Municipality) -> dict[object, object]:
    """A decision, «assigned», whose points are a city's in several states, all members', and the city's to control.

    Returns:
        The keys of the row of the city's report, of the link by which it may report, and of a file on the last point.
    """
    resolution = decision(*["assignment"] * 4, "recommendation", "assignment", by=secretariat, slug="assigned")
    points = {one.number: one for one in resolution.points.all()}
    for number in (1, 2, 3):
        assign(points[number], Party.objects.of_municipality(city.pk), by=secretariat, due_on=dt.date(2024, 12, 1))
        point_step(points[number], PointAction.START, by=secretariat)
    point_step(points[2], PointAction.REPORT, by=secretariat)
    point_step(points[3], PointAction.REQUEST, by=secretariat)
    assign(points[4], Party.objects.outside("Минстрой России"), by=secretariat, due_on=dt.date(2024, 12, 1))
    assign(points[5], Party.objects.all_members(), by=secretariat, due_on=dt.date(2024, 12, 1))
    watching = Party.objects.of_municipality(city.pk)
    assign(points[6], Party.objects.of_body(UnionBody.SECRETARIAT), by=secretariat, controller=watching)
    proof = point_step(points[6], PointAction.NOTE, by=secretariat, files=[upload()]).files.get()
    report = MemberReport.objects.create(point=points[5], municipality=city)
    row = report.report(NewMemberReport(DAY, "Изучили опыт."), version=1, by=secretariat)
    give(LINKS, [report])
    link = token_of(links_of(LINKS, report).get())
    return {"report_row": row.pk, "report_link": link, "controlled_file": proof.pk}
