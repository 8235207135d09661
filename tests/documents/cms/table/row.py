"""What a row of the table is: a container, whom the portal trusts, and what the check has to say of each signer."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.documents.cms.containers import DOCUMENT, Signing, container
from tests.documents.cms.forge import NOW, Party, authority, person

# Why OpenSSL is not asked, or says something else.
GOST = "OpenSSL knows no GOST"
COAT = "OpenSSL reads DER here, and is asked about the same container without its coat"
LENIENT = "OpenSSL does not look at this"
STAMPS = "OpenSSL's cms looks at no time stamps"
LISTS = "OpenSSL asks no list or answer unless told to"
PORTAL = "a rule of the portal, not of the standard"


@dataclass(frozen=True)
class Case:
    """What is checked; the fields are the arguments of check_signatures and Trust."""

    content: bytes
    authorities: tuple[bytes, ...] = ()
    time_authorities: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()
    document: bytes = DOCUMENT
    now: dt.datetime | None = NOW
    issued_at: dt.datetime | None = None


@dataclass(frozen=True)
class Expected:
    """What is said of one signer.

    Attributes:
        verdict: name of the Verdict; empty where any will do, if only it is one with a sentence.
        words: each must be in the refusal; alternatives stand between `|`.
        remarks: the same of the remarks.
        facts: attributes of the result, or of its certificate, and their values.
    """

    verdict: str
    words: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        signers: what is expected of each; none when the file is refused as a whole.
        whole: words of the refusal of the whole file.
        why_not: why OpenSSL is not asked about this one; empty when it has to agree.
    """

    name: str
    build: Callable[[], Case]
    signers: tuple[Expected, ...]
    whole: tuple[str, ...]
    why_not: str

    @property
    def asks_openssl(self) -> bool:
        return not self.why_not and all(each.verdict for each in self.signers)

    @property
    def is_good(self) -> bool:
        return bool(self.signers) and all(each.verdict == "CONFIRMED" for each in self.signers)


def good(*remarks: str, **facts: Any) -> Expected:
    return Expected("CONFIRMED", (), remarks, facts)


def bad(*words: str, remarks: tuple[str, ...] = (), **facts: Any) -> Expected:
    return Expected("REFUSED", words, remarks, facts)


def handled() -> Expected:
    """Odd but perhaps legal: judged, or refused with a sentence; never an error."""
    return Expected("")


def row(name: str, build: Callable[[], Case], *signers: Expected, why_not: str = "") -> Row:
    """A row about the signers of a readable file."""
    return Row(name, build, signers, (), why_not)


def whole(name: str, build: Callable[[], Case], *words: str, why_not: str = "") -> Row:
    """A row about a file that is refused as a whole."""
    return Row(name, build, (), words, why_not)


# --- the ordinary case, of which the rows change one thing ---


def root() -> Party:
    return authority()


def signer(**changes: Any) -> Party:
    """A person of the ordinary authority."""
    return person(root(), **changes)


def case(content: bytes, *trusted: Party, **changes: Any) -> Case:
    """A container; the ordinary authority is trusted unless others are named."""
    return Case(content, tuple(each.der for each in trusted or (root(),)), **changes)


def signed(by: Party | None = None, *, along: tuple[Party, ...] = (), **changes: Any) -> Case:
    """A signature of an ordinary person (or somebody else), with changes of `Signing`."""
    return case(container(Signing(by or signer(), **changes), along=along))


def of(by: Party, *trusted: Party, along: tuple[Party, ...] = (), **changes: Any) -> Case:
    """A signature of somebody, checked against these authorities."""
    return case(container(Signing(by, **changes), along=along), *trusted)
