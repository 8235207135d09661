"""What a revocation list or an OCSP answer says of one certificate."""

import datetime as dt
from dataclasses import dataclass

CLOCKS_DIFFER = dt.timedelta(minutes=5)
WITHOUT_NEXT = dt.timedelta(days=1)  # how long a statement is fresh that does not name its successor


@dataclass(frozen=True)
class RevocationStatement:
    """One authentic statement.

    Attributes:
        revoked_at: since when the certificate is revoked; None when it is not said to be.
        made_at: of which moment the statement is.
        next_at: when the next is due; may be None.
        is_complete: whether silence means «not revoked»; a list for other certificates is silent for another reason.
    """

    revoked_at: dt.datetime | None
    made_at: dt.datetime
    next_at: dt.datetime | None
    is_complete: bool = True

    def is_fresh(self, moment: dt.datetime, now: dt.datetime) -> bool:
        """Whether it tells of a moment: made by now, and not replaced before the moment.

        Args:
            moment: when the certificate was used.
            now: the day of checking.
        """
        return self.made_at <= now + CLOCKS_DIFFER and (self.next_at or self.made_at + WITHOUT_NEXT) >= moment
