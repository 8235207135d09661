"""Whom the operator of the portal trusts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from documents.cms.certificates import Certificate, read_trusted
from documents.cms.sources import Source, read_sources


@dataclass(frozen=True)
class Trust:
    """The trust store, as a check of signatures asks it.

    Attributes:
        authorities: certificates in DER at which signatures of people, and time stamps, may end.
        time_authorities: certificates in DER at which time stamps alone may end.
        revocations: revocation lists and OCSP answers in DER that the operator loaded.
    """

    authorities: Sequence[bytes] = ()
    time_authorities: Sequence[bytes] = ()
    revocations: Sequence[bytes] = ()

    @cached_property
    def anchors(self) -> tuple[Certificate, ...]:
        """Ends of the paths of people's certificates."""
        return _readable(self.authorities)

    @cached_property
    def time_anchors(self) -> tuple[Certificate, ...]:
        """Ends of the paths of those who stamp time."""
        return (*self.anchors, *_readable(self.time_authorities))

    def revocations_of(self, issuer: Certificate) -> Iterable[Source]:
        """Lists and answers that may tell of certificates of an authority; a larger store looks them up.

        Args:
            issuer: the authority.
        """
        return self._sources

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        return read_sources(self.revocations)


def _readable(authorities: Sequence[bytes]) -> tuple[Certificate, ...]:
    """The certificates of a store; one that cannot be read vouches for nobody."""
    return tuple(one for der in authorities if (one := read_trusted(der)) is not None)
