"""Which points of decisions wait for municipalities that merge: the secretariat instructs the successor."""

from collections.abc import Sequence

from municipalities.models import Municipality
from resolutions.models import DecisionPoint
from resolutions.models.control import UNDER_CONTROL


def assigned_points(municipalities: Sequence[Municipality]) -> list[str]:
    """A sentence for each point under control that is the work of some municipality, or controlled by it. One query."""
    assigned = DecisionPoint.objects.filter(state__in=UNDER_CONTROL).select_related("resolution", "responsible")
    found = assigned.filter(responsible__municipality__in=municipalities) | assigned.filter(
        controller__municipality__in=municipalities
    )
    return [
        f"{one.in_full}: отвечает {one.responsible_told}, контролирует {one.controller_told}. "
        "Передайте правопреемнику новым поручением."
        for one in found.order_by("resolution", "number")
    ]
