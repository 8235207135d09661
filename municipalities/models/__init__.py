"""Municipalities, who represents them, and how they take part in «Умный город»."""

from municipalities.models.adoption import AdoptionStatus, PracticeAdoption, PracticeAdoptionRecord
from municipalities.models.contact import Contact
from municipalities.models.groups import FederalDistrict, IndexGroup
from municipalities.models.imports import ImportedFile, ImportState, WorkbookImport
from municipalities.models.index import IndexScore
from municipalities.models.municipality import Municipality
from municipalities.models.participation import Participation, ParticipationRecord
from municipalities.models.practice import Direction, Practice
from municipalities.models.practice_request import PracticeRequest, PracticeRequestStep, RequestStepKind
from municipalities.models.representative import Representative
from municipalities.models.solution import Solution, SolutionStage

__all__ = [
    "AdoptionStatus",
    "Contact",
    "Direction",
    "FederalDistrict",
    "ImportState",
    "ImportedFile",
    "IndexGroup",
    "IndexScore",
    "Municipality",
    "Participation",
    "ParticipationRecord",
    "Practice",
    "PracticeAdoption",
    "PracticeAdoptionRecord",
    "PracticeRequest",
    "PracticeRequestStep",
    "Representative",
    "RequestStepKind",
    "Solution",
    "SolutionStage",
    "WorkbookImport",
]
