"""Municipalities, who represents them, and how they take part in «Умный город»."""

from municipalities.models.municipality import FederalDistrict, IndexGroup, Municipality
from municipalities.models.participation import Participation, ParticipationRecord
from municipalities.models.representative import Representative

__all__ = [
    "FederalDistrict",
    "IndexGroup",
    "Municipality",
    "Participation",
    "ParticipationRecord",
    "Representative",
]
