"""Who works in the portal, and what is known of the Union itself."""

from accounts.models.bucket import Bucket
from accounts.models.held import Held, HeldRole, TermState
from accounts.models.outgoing import MailState, OutgoingMail
from accounts.models.quorum import QuorumRule
from accounts.models.role_row import RoleRecord
from accounts.models.term import OFFICE_RULES, OfficeLedger, OfficeTerm, Term, TermAction
from accounts.models.union import (
    UnionLedger,
    UnionProfile,
    UnionProfileRecord,
    demo_data_loaded,
    union_last_known,
    union_read_once,
)
from accounts.models.user import CALENDAR_KEY_BYTES, TAKEN, User, UserManager, demo_address, display_name

__all__ = [
    "CALENDAR_KEY_BYTES",
    "OFFICE_RULES",
    "TAKEN",
    "Bucket",
    "Held",
    "HeldRole",
    "MailState",
    "OfficeLedger",
    "OfficeTerm",
    "OutgoingMail",
    "QuorumRule",
    "RoleRecord",
    "Term",
    "TermAction",
    "TermState",
    "UnionLedger",
    "UnionProfile",
    "UnionProfileRecord",
    "User",
    "UserManager",
    "demo_address",
    "demo_data_loaded",
    "display_name",
    "union_last_known",
    "union_read_once",
]
