"""The practices that cities offer to each other, who takes them up, what is promised and asked, and solutions."""

from municipalities.practices.models.adoption import AdoptionStatus, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.models.commitment import Commitment, NewCommitment
from municipalities.practices.models.commitment_step import (
    CommitmentAction,
    CommitmentState,
    CommitmentStep,
    NewCommitmentStep,
)
from municipalities.practices.models.practice import Direction, Practice
from municipalities.practices.models.request import PracticeRequest, PracticeRequestStep, RequestStepKind
from municipalities.practices.models.solution import Solution, SolutionStage

__all__ = [
    "AdoptionStatus",
    "Commitment",
    "CommitmentAction",
    "CommitmentState",
    "CommitmentStep",
    "Direction",
    "NewCommitment",
    "NewCommitmentStep",
    "Practice",
    "PracticeAdoption",
    "PracticeAdoptionRecord",
    "PracticeRequest",
    "PracticeRequestStep",
    "RequestStepKind",
    "Solution",
    "SolutionStage",
]
