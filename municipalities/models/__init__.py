"""Municipalities, who represents them, and how they take part in «Умный город»."""

from municipalities.models.contact import Contact
from municipalities.models.groups import FederalDistrict, IndexGroup
from municipalities.models.imports import ImportedFile, ImportState, WorkbookImport
from municipalities.models.index import IndexScore
from municipalities.models.membership import Membership, MembershipAction
from municipalities.models.municipality import Municipality
from municipalities.models.participation import Participation, ParticipationRecord
from municipalities.models.personal_link import LinkEnd, PersonalLink
from municipalities.models.representative import Representative

__all__ = [
    "Contact",
    "FederalDistrict",
    "ImportState",
    "ImportedFile",
    "IndexGroup",
    "IndexScore",
    "LinkEnd",
    "Membership",
    "MembershipAction",
    "Municipality",
    "Participation",
    "ParticipationRecord",
    "PersonalLink",
    "Representative",
    "WorkbookImport",
]
