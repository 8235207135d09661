"""What the form of each step of a point asks besides the day, the words and the files."""

from resolutions.models import PointAction
from resolutions.models.point_standing import NOTHING_TO_LIFT, SAME_DEADLINE, SAME_MEASURE

PEOPLE = {"responsible", "responsible_name", "controller", "controller_name", "warn_days", "lifts_due"}
DEADLINE = {"due_on", "term_days", "term_unit"}
MEASURES = {"measures", "measured_owner", "measured_question"}
ASKED: dict[PointAction, set[str]] = {
    PointAction.INSTRUCT: PEOPLE,
    PointAction.EXTEND: {*DEADLINE, "lifts_due"},
    PointAction.REQUEST: {"asked_due_on"},
    PointAction.REPORT: {"obstacles", "next_step"},
    PointAction.MEASURE: MEASURES,
}
WRITTEN = ("text", "result_reason", "obstacles", "next_step", "behalf_ground")
# Beside which fields stands what has nothing to do with the day.
CONCERNS = {
    SAME_DEADLINE: ("asked_due_on", "due_on"),
    NOTHING_TO_LIFT: ("lifts_due",),
    SAME_MEASURE: ("measures",),
}
SPEAK_FOR_THEMSELVES = (PointAction.INSTRUCT, PointAction.MEASURE)
