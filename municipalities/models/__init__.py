"""Municipalities, who represents them, and how they take part in «Умный город»."""

from municipalities.models.municipality import FederalDistrict, IndexGroup, Municipality
from municipalities.models.participation import HistoryIsAppendOnly, Participation, ParticipationRecord
from municipalities.models.representative import Representative

__all__ = [
    "FederalDistrict",
    "HistoryIsAppendOnly",
    "IndexGroup",
    "Municipality",
    "Participation",
    "ParticipationRecord",
    "Representative",
]
