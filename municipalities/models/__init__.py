"""Municipalities, who represents them, and how they take part in «Умный город»."""

from municipalities.models.contact import Contact
from municipalities.models.groups import FederalDistrict, IndexGroup
from municipalities.models.head import Head, HeadRecord
from municipalities.models.imports import ImportedFile, WorkbookImport
from municipalities.models.index import IndexScore
from municipalities.models.membership import Membership, MembershipAction
from municipalities.models.municipality import Municipality
from municipalities.models.naming import Renaming
from municipalities.models.participation import Participation, ParticipationRecord
from municipalities.models.personal_link import LinkEnd, PersonalLink
from municipalities.models.representative import Representative
from municipalities.models.standard import StandardEdition
from municipalities.models.succession import Succession
from municipalities.models.uploads import ImportState, KeptWorkbook, WorkbookUpload

__all__ = [
    "Contact",
    "FederalDistrict",
    "Head",
    "HeadRecord",
    "ImportState",
    "ImportedFile",
    "IndexGroup",
    "IndexScore",
    "KeptWorkbook",
    "LinkEnd",
    "Membership",
    "MembershipAction",
    "Municipality",
    "Participation",
    "ParticipationRecord",
    "PersonalLink",
    "Renaming",
    "Representative",
    "StandardEdition",
    "Succession",
    "WorkbookImport",
    "WorkbookUpload",
]
