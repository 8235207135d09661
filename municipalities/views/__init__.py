"""The pages of the municipalities."""

from municipalities.views.municipality import municipality, municipality_add, municipality_edit, municipality_listing
from municipalities.views.participation import municipality_participation
from municipalities.views.registry import municipalities, municipalities_export
from municipalities.views.representatives import (
    municipality_representative_invite,
    municipality_representative_remove,
    municipality_representatives,
)

__all__ = [
    "municipalities",
    "municipalities_export",
    "municipality",
    "municipality_add",
    "municipality_edit",
    "municipality_listing",
    "municipality_participation",
    "municipality_representative_invite",
    "municipality_representative_remove",
    "municipality_representatives",
]
