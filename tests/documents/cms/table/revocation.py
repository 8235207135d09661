"""Revocation: CRLs and OCSP answers, from the portal's store and from the container."""

import datetime as dt
from functools import partial
from typing import Any

from tests.documents.cms import der
from tests.documents.cms.containers import Signing, container, ocsp_in_cms, revocation_values
from tests.documents.cms.forge import NOW, Party, authority, basic, extension, person, purposes, usage
from tests.documents.cms.stamps import (
    DAY,
    STAMPED_AT,
    UNKNOWN,
    Answer,
    Revoked,
    Stamp,
    crl,
    responder,
    revoked_at,
    stamper,
)
from tests.documents.cms.table.row import GOST as NO_GOST
from tests.documents.cms.table.row import LISTS, Case, Expected, Row, bad, case, good, root, row, signer

REVOKED = bad("отозван")
MONTH = NOW - 30 * DAY
STALE: dict[str, Any] = {"since": NOW - 10 * DAY, "until": NOW - 9 * DAY}
RESPONDER = (usage("digitalSignature"), purposes("ocsp"))


def stored(*lists: bytes, by: Party | None = None, along: tuple[Party, ...] = (), **changes: Any) -> Case:
    """Lists and answers in the portal's store."""
    return case(container(Signing(by or signer(), **changes), along=along), revocations=lists)


def carried(*lists: bytes, answers: tuple[bytes, ...] = (), **changes: Any) -> Case:
    """Lists and answers in the container's own field."""
    return case(container(Signing(signer(), **changes), revocations=(*lists, *map(ocsp_in_cms, answers))))


def archived(*lists: bytes, answers: tuple[bytes, ...] = ()) -> Case:
    """Lists and answers among the unsigned attributes (CAdES-XL)."""
    return case(container(Signing(signer(), unsigned=(revocation_values(lists, answers),))))


def answer(**changes: Any) -> Answer:
    return Answer(**{"of": signer(), "issuer": root(), "by": root(), **changes})


def _of_version(number: int) -> Case:
    """A list of a version that nobody knows, signed all the same."""
    tbs, algorithm, _ = der.children(crl(root()))
    odd = der.seq(der.integer(number), *der.children(tbs)[1:])
    return stored(der.seq(odd, algorithm, der.bits(root().key.sign(odd, "sha256"))))


def _odd_part() -> bytes:
    edi = der.context(5, der.context(1, der.utf8("edi")))
    return crl(root(), more=(extension("2.5.29.28", der.seq(der.context(0, der.context(0, edi))), critical=True),))


def stranger() -> Party:
    return authority("Чужой центр")


def delegated(own: tuple[bytes, ...] = RESPONDER, by: Party | None = None, **changes: Any) -> Answer:
    return answer(by=responder(by or root(), own), **changes)


def _expired_responder() -> Answer:
    return answer(by=responder(root(), RESPONDER, until=NOW - 5 * DAY))


def other() -> Party:
    return person(root(), subject=(("CN", "Другой Д.Д."),), key_name="other")


def stamped_before(moment: dt.datetime) -> Case:
    """Stamped, and revoked at a moment."""
    return stored(crl(root(), Revoked(signer(), moment)), unsigned=(Stamp(stamper(root())),))


def intermediate(*lists: str) -> Case:
    """A signer below an intermediate authority; lists of the root and of the intermediate."""
    between = authority("Подчинённый центр", by=root())
    made = {
        "root revokes": crl(root(), Revoked(between)),
        "root good": crl(root()),
        "between good": crl(between),
    }
    return stored(*(made[each] for each in lists), by=person(between), along=(between,))


def gost_case(*, revoked: bool) -> Case:
    top = authority("Центр ГОСТ", "gost256")
    by = person(top, "gost256")
    entries = (Revoked(by),) if revoked else ()
    return case(container(Signing(by)), top, revocations=(crl(top, *entries),))


def gost_answer() -> Case:
    top = authority("Центр ГОСТ", "gost512")
    by = person(top, "gost256")
    return case(container(Signing(by)), top, revocations=(Answer(by, top, top, revoked_at()).response(),))


def revoked_stamper() -> Case:
    """The stamper's certificate is revoked: its stamp does not count, the signature does."""
    return stored(crl(root(), Revoked(stamper(root()))), unsigned=(Stamp(stamper(root())),))


def of_impostor() -> bytes:
    """A list by an impostor of the authority's name."""
    return crl(authority(key_name="impostor"), Revoked(signer()))


def by_one_that_may_not() -> Case:
    """A list by an authority whose key usage does not allow lists."""
    top = authority("Без списков", own=(basic(True), usage("keyCertSign")))
    by = person(top)
    return case(container(Signing(by)), top, revocations=(crl(top),))


NUMBER = extension("2.5.29.20", der.integer(7))  # which every list has already


def critical_extension() -> bytes:
    """A list of a part only (issuing distribution point, critical): what it leaves out it does not know."""
    only_authorities = der.seq(der.context(2, b"\xff", constructed=False))
    return crl(root(), more=(extension("2.5.29.28", only_authorities, critical=True),))


def delta() -> bytes:
    return crl(root(), more=(extension("2.5.29.27", der.integer(3), critical=True),))


def checked(**facts: Any) -> Expected:
    """Confirmed, and revocation was checked."""
    return good(revocation_checked=True, **facts)


def unchecked(**facts: Any) -> Expected:
    """Confirmed, and the result says that nobody knows about revocation."""
    return good(revocation_checked=False, **facts)


LISTED: list[tuple[str, Any, Expected]] = [
    ("none", stored, unchecked()),
    ("list without him", lambda: stored(crl(root())), checked()),
    ("list with another", lambda: stored(crl(root(), Revoked(other()))), checked()),
    ("list with him", lambda: stored(crl(root(), Revoked(signer()))), REVOKED),
    ("list with him and a reason", lambda: stored(crl(root(), Revoked(signer(), MONTH, 1))), REVOKED),
    ("list with him on hold", lambda: stored(crl(root(), Revoked(signer(), MONTH, 6))), REVOKED),
    ("list with him, another list without", lambda: stored(crl(root()), crl(root(), Revoked(signer()))), REVOKED),
    ("stale list without him", lambda: stored(crl(root(), **STALE)), unchecked()),
    ("stale list with him", lambda: stored(crl(root(), Revoked(signer()), **STALE)), REVOKED),
    ("list without an end, of two days ago", lambda: stored(crl(root(), since=NOW - 2 * DAY, until=None)), unchecked()),
    ("list of tomorrow", lambda: stored(crl(root(), since=NOW + DAY, until=NOW + 2 * DAY)), unchecked()),
    ("damaged list without him", lambda: stored(crl(root(), spoil=True)), unchecked()),
    ("damaged list with him", lambda: stored(crl(root(), Revoked(signer()), spoil=True)), unchecked()),
    ("list of a stranger", lambda: stored(crl(stranger(), Revoked(signer()))), unchecked()),
    (
        "list of a stranger in the authority's name",
        lambda: stored(crl(stranger(), Revoked(signer()), issuer=root().subject)),
        unchecked(),
    ),
    ("list of an impostor", lambda: stored(of_impostor()), unchecked()),
    ("list by SHA-1", lambda: stored(crl(root(), digest="sha1")), unchecked()),
    ("list by one that may not", by_one_that_may_not, unchecked()),
    ("list of authorities only", lambda: stored(critical_extension()), unchecked()),
    ("list of changes only", lambda: stored(delta()), unchecked()),
    ("list that is none", lambda: stored(b"\x30\x03\x02\x01\x01", b"", b"noise"), unchecked()),
    *((f"list of version {number}", partial(_of_version, number), unchecked()) for number in (2, 99, -1)),
    ("list of a part with an odd name", lambda: stored(_odd_part()), unchecked()),
    (
        "list with an extension twice",
        lambda: stored(crl(root(), more=(extension("2.5.29.20", der.integer(7)),))),
        unchecked(),
    ),
    ("list in the container", lambda: carried(crl(root())), checked()),
    ("list in the container with him", lambda: carried(crl(root(), Revoked(signer()))), REVOKED),
    ("damaged list in the container", lambda: carried(crl(root(), Revoked(signer()), spoil=True)), unchecked()),
    ("list among the unsigned attributes", lambda: archived(crl(root())), checked()),
    ("list among the unsigned attributes with him", lambda: archived(crl(root(), Revoked(signer()))), REVOKED),
    (
        "revoked after the stamp",
        lambda: stamped_before(STAMPED_AT + dt.timedelta(minutes=9)),
        good(stamped_at=STAMPED_AT),
    ),
    ("revoked before the stamp", lambda: stamped_before(STAMPED_AT - dt.timedelta(minutes=9)), REVOKED),
    (
        "revoked an hour ago, no stamp",
        lambda: stored(crl(root(), Revoked(signer(), NOW - dt.timedelta(minutes=30)))),
        REVOKED,
    ),
    ("stamper revoked", revoked_stamper, good(stamped_at=None)),
    ("intermediate revoked", partial(intermediate, "root revokes", "between good"), REVOKED),
    ("intermediate good", partial(intermediate, "root good", "between good"), checked()),
    ("intermediate's list missing", partial(intermediate, "root good"), unchecked()),
]
ANSWERED: list[tuple[str, Any, Expected]] = [
    ("answer good", lambda: stored(answer().response()), checked()),
    ("answer by SHA-256 of names", lambda: stored(answer(hashing="sha256").response()), checked()),
    ("answer by Streebog of names", lambda: stored(answer(hashing="streebog256").response()), unchecked()),
    ("answer revoked", lambda: stored(answer(status=revoked_at()).response()), REVOKED),
    ("answer unknown", lambda: stored(answer(status=UNKNOWN).response()), unchecked()),
    ("answer about another", lambda: stored(answer(of=other(), status=revoked_at()).response()), unchecked()),
    ("answer stale and good", lambda: stored(answer(**STALE).response()), unchecked()),
    ("answer stale and revoked", lambda: stored(answer(status=revoked_at(), **STALE).response()), REVOKED),
    ("answer damaged", lambda: stored(answer(spoil=True).response()), unchecked()),
    ("answer damaged and revoked", lambda: stored(answer(spoil=True, status=revoked_at()).response()), unchecked()),
    ("answer by key", lambda: stored(answer(by_key=True).response()), checked()),
    ("answer by key, revoked", lambda: stored(answer(by_key=True, status=revoked_at()).response()), REVOKED),
    ("answer of a responder by key", lambda: stored(delegated(by_key=True).response()), checked()),
    ("answer of an expired responder", lambda: stored(_expired_responder().response()), unchecked()),
    ("answer of a responder", lambda: stored(delegated().response()), checked()),
    ("answer of a responder, revoked", lambda: stored(delegated(status=revoked_at()).response()), REVOKED),
    (
        "answer of a responder without the purpose",
        lambda: stored(delegated((usage("digitalSignature"),)).response()),
        unchecked(),
    ),
    (
        "answer of a responder whose key is for agreement",
        lambda: stored(delegated((usage("keyAgreement"), purposes("ocsp"))).response()),
        unchecked(),
    ),
    (
        "answer of a responder for servers",
        lambda: stored(delegated((usage("digitalSignature"), purposes("server"))).response()),
        unchecked(),
    ),
    (
        "answer of a stranger's responder",
        lambda: stored(delegated(by=stranger(), status=revoked_at()).response()),
        unchecked(),
    ),
    ("answer of a stranger", lambda: stored(answer(by=stranger(), status=revoked_at()).response()), unchecked()),
    ("answer of the person", lambda: stored(answer(by=signer()).response()), unchecked()),
    ("answer in the container", lambda: carried(answers=(answer().response(),)), checked()),
    ("answer in the container, revoked", lambda: carried(answers=(answer(status=revoked_at()).response(),)), REVOKED),
    ("answer among the unsigned attributes", lambda: archived(answers=(answer().basic(),)), checked()),
    (
        "answer among the unsigned attributes, revoked",
        lambda: archived(answers=(answer(status=revoked_at()).basic(),)),
        REVOKED,
    ),
    ("answer good, list with him", lambda: stored(answer().response(), crl(root(), Revoked(signer()))), REVOKED),
    ("answer revoked, list without him", lambda: stored(answer(status=revoked_at()).response(), crl(root())), REVOKED),
]
GOST: list[tuple[str, Any, Expected]] = [
    ("GOST list without him", partial(gost_case, revoked=False), checked()),
    ("GOST list with him", partial(gost_case, revoked=True), REVOKED),
    ("GOST answer, revoked", gost_answer, REVOKED),
]
ROWS: list[Row] = [
    *(
        row(f"revocation: {name}", build, expected, why_not=LISTS if expected is REVOKED else "")
        for name, build, expected in LISTED + ANSWERED
    ),
    *(row(f"revocation: {name}", build, expected, why_not=NO_GOST) for name, build, expected in GOST),
]
