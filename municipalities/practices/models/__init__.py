"""The practices that cities offer to each other, who takes them up, promises, questions, solutions, directions."""

from municipalities.practices.models.adoption import AdoptionStatus, PracticeAdoption, PracticeAdoptionRecord
from municipalities.practices.models.commitment import Commitment, NewCommitment
from municipalities.practices.models.commitment_step import (
    CommitmentAction,
    CommitmentState,
    CommitmentStep,
    NewCommitmentStep,
)
from municipalities.practices.models.practice import Practice
from municipalities.practices.models.request import PracticeRequest, PracticeRequestStep, RequestStepKind
from municipalities.practices.models.solution import Solution, SolutionStage
from municipalities.practices.models.standard import Direction

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
