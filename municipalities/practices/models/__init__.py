"""The practices that cities offer to each other, who takes them up, what they ask, and the solutions that they have."""

from municipalities.practices.models.adoption import AdoptionStatus, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.models.practice import Direction, Practice
from municipalities.practices.models.request import PracticeRequest, PracticeRequestStep, RequestStepKind
from municipalities.practices.models.solution import Solution, SolutionStage

__all__ = [
    "AdoptionStatus",
    "Direction",
    "Practice",
    "PracticeAdoption",
    "PracticeAdoptionRecord",
    "PracticeRequest",
    "PracticeRequestStep",
    "RequestStepKind",
    "Solution",
    "SolutionStage",
]
