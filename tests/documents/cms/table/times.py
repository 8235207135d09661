"""Time stamps (CAdES-T): which count as the time, and which do not."""

import datetime as dt
from functools import partial
from typing import Any

from tests.documents.cms import der
from tests.documents.cms.containers import ESS_V2, TIME_STAMP, Signing, as_ber, attribute, container, ess, ess_v1
from tests.documents.cms.forge import (
    ANCIENT,
    FAR,
    NOW,
    OF_PERSON,
    OF_STAMPER,
    SINCE,
    Party,
    authority,
    name,
    person,
    purposes,
    usage,
)
from tests.documents.cms.keys import digest_of
from tests.documents.cms.stamps import DAY, STAMPED_AT, TST_INFO, Stamp, stamper
from tests.documents.cms.table.row import (
    GOST,
    PORTAL,
    STAMPS,
    Case,
    Expected,
    Row,
    bad,
    case,
    good,
    handled,
    root,
    row,
    signer,
)

FULL = (
    der.seq(der.integer(1), der.context(0, b"\x01", constructed=False)),  # accuracy
    der.boolean(True),  # ordering
    der.integer(2**62 + 5),  # nonce
    der.context(0, der.context(4, name(("CN", "Служба меток времени")))),
)
ENDED, SIGNED = NOW - 10 * DAY, NOW - 20 * DAY
IN_TIME = SIGNED + dt.timedelta(minutes=1)
COUNTS = good(stamped_at=STAMPED_AT)
NOT_COUNTED = good("метк", stamped_at=None)
SAVES = good(stamped_at=IN_TIME)
EXPIRED = bad("истёк", "метк", remarks=("метк",), stamped_at=None)
SOME_BYTES = bytes(32)


def expired_person() -> Party:
    return person(root(), since=SINCE, until=ENDED)


def stamped(by: Party | None = None, *trusted: Party, **options: Any) -> Case:
    """An ordinary signature with a stamp."""
    stamp = Stamp(by or stamper(root()), **options)
    return case(container(Signing(signer(), unsigned=(stamp,))), *trusted)


def rescued(by: Party | None = None, *trusted: Party, claimed: dt.datetime | None = SIGNED, **options: Any) -> Case:
    """A signature by a certificate that has expired since, with a stamp of that time."""
    stamp = Stamp(by or stamper(root()), **{"at": IN_TIME, **options})
    return case(container(Signing(expired_person(), claimed=claimed, unsigned=(stamp,))), *trusted)


def time_root() -> Party:
    return authority("Центр меток")


def by_time_root(*, trusted: bool) -> Case:
    """A stamper of an authority that the portal trusts for stamps alone, or not at all."""
    made = rescued(stamper(time_root()))
    return Case(made.content, made.authorities, (time_root().der,) if trusted else ())


def person_of_time_root() -> Case:
    """A person's signature whose authority is trusted for stamps alone."""
    return Case(container(Signing(person(time_root()))), (root().der,), (time_root().der,))


def of_kind(kind: str) -> Case:
    top = authority(f"Центр {kind}", kind)
    digest = {"gost256": "streebog256", "gost512": "streebog512"}.get(kind, "sha256")
    return stamped(stamper(top, kind), root(), top, imprint_digest=digest)


def two_stamps(first: Stamp, second: Stamp) -> Case:
    return case(container(Signing(expired_person(), claimed=SIGNED, unsigned=(first, second))))


def moved() -> Case:
    """The stamp of another signature."""
    token = Stamp(stamper(root()), at=IN_TIME).token(b"another value")
    signing = Signing(expired_person(), claimed=SIGNED, unsigned=(lambda _: attribute(TIME_STAMP, token),))
    return case(container(signing))


def raw(value: bytes) -> Case:
    signing = Signing(expired_person(), claimed=SIGNED, unsigned=(lambda _: attribute(TIME_STAMP, value),))
    return case(container(signing))


def in_ber() -> Case:
    stamp = Stamp(stamper(root()))
    return case(
        container(Signing(signer(), unsigned=(lambda value: attribute(TIME_STAMP, as_ber(stamp.token(value))),)))
    )


def below_intermediate(*, along: bool) -> Case:
    between = authority("Подчинённый центр меток", by=root())
    return stamped(stamper(between), along=(between,) if along else ())


def stamper_with(*own: bytes, **dates: dt.datetime) -> Party:
    return stamper(root(), own=own, **dates)


def weak_purposes(*names: str, critical: bool = True) -> Case:
    return rescued(stamper_with(usage("digitalSignature"), purposes(*names, critical=critical)))


def moment(text: str) -> bytes:
    return der.gentime(text)


def stamp_row(title: str, build: Any, expected: Expected, why_not: str = "") -> Row:
    """A row; where the stamp saves an expired certificate, OpenSSL says something else."""
    return row(f"stamp: {title}", build, expected, why_not=STAMPS if expected is SAVES else why_not)


GOOD: list[Row] = [
    *(
        stamp_row(kind, partial(of_kind, kind), COUNTS, why_not=GOST if "gost" in kind else "")
        for kind in ("rsa", "p256", "p384", "gost256", "gost512")
    ),
    stamp_row("an expired certificate is saved by it", rescued, SAVES),
    stamp_row("an expired certificate and no claimed time", lambda: rescued(claimed=None), SAVES),
    stamp_row("by an authority of time alone", lambda: by_time_root(trusted=True), SAVES),
    stamp_row("below an intermediate", lambda: below_intermediate(along=True), COUNTS),
    stamp_row("in BER", in_ber, COUNTS),
    stamp_row("an authority that has expired since is saved too", lambda: _authority_expired_since(), SAVES),
    stamp_row("imprint by SHA-512", lambda: rescued(imprint_digest="sha512"), SAVES),
    stamp_row("signing certificate of old", lambda: rescued(without=(ESS_V2,), more=(ess_v1(stamper(root())),)), SAVES),
    stamp_row("a fraction of a second", lambda: stamped(at=moment(f"{STAMPED_AT:%Y%m%d%H%M%S}.5Z")), good()),
    stamp_row("with all that it may hold", lambda: rescued(more_info=FULL), SAVES),
    stamp_row(
        "two, both good",
        lambda: two_stamps(Stamp(stamper(root()), at=IN_TIME), Stamp(stamper(root()), at=IN_TIME + DAY)),
        SAVES,
    ),
    stamp_row(
        "two, the first false",
        lambda: two_stamps(Stamp(stamper(root()), at=IN_TIME, imprint=SOME_BYTES), Stamp(stamper(root()), at=IN_TIME)),
        SAVES,
    ),
    stamp_row(
        "two, the second false",
        lambda: two_stamps(Stamp(stamper(root()), at=IN_TIME), Stamp(stamper(root()), at=IN_TIME, imprint=SOME_BYTES)),
        SAVES,
    ),
]
BAD: list[Row] = [
    stamp_row("of a version that nobody knows", lambda: stamped(version=9), handled()),
    stamp_row("damaged", lambda: stamped(spoil=True), NOT_COUNTED),
    stamp_row("damaged, of an expired certificate", lambda: rescued(spoil=True), EXPIRED),
    stamp_row("of another imprint", lambda: rescued(imprint=SOME_BYTES), EXPIRED),
    stamp_row("of another signature", moved, EXPIRED),
    stamp_row("imprint by SHA-1", lambda: rescued(imprint_digest="sha1"), EXPIRED),
    stamp_row("imprint of another length", lambda: rescued(imprint=digest_of("sha512", b"")), EXPIRED),
    stamp_row("digest of the token by SHA-1", lambda: rescued(digest="sha1"), EXPIRED),
    stamp_row("purpose not critical", lambda: weak_purposes("stamp", critical=False), EXPIRED),
    stamp_row("purpose among others", lambda: weak_purposes("stamp", "client"), EXPIRED),
    stamp_row("purpose of another", lambda: weak_purposes("client"), EXPIRED),
    stamp_row("no purpose", lambda: rescued(stamper_with(*OF_PERSON)), EXPIRED),
    stamp_row("by any purpose", lambda: weak_purposes("any"), EXPIRED),
    stamp_row(
        "by a key for encryption",
        lambda: rescued(stamper_with(usage("keyEncipherment"), purposes("stamp", critical=True))),
        EXPIRED,
    ),
    stamp_row("by the signer", lambda: rescued(expired_person()), EXPIRED),
    stamp_row("by an unknown authority", lambda: by_time_root(trusted=False), EXPIRED),
    stamp_row("by the stranger's stamper", lambda: stamped(stamper(authority("Чужой центр"))), NOT_COUNTED),
    stamp_row("without its certificates", lambda: rescued(certificates=False), EXPIRED),
    stamp_row("without its intermediate", lambda: below_intermediate(along=False), NOT_COUNTED),
    stamp_row("without a signing certificate", lambda: rescued(without=(ESS_V2,)), EXPIRED),
    stamp_row("with another's signing certificate", lambda: rescued(without=(ESS_V2,), more=(ess(signer()),)), EXPIRED),
    stamp_row(
        "of the time before its certificate", lambda: rescued(stamper_with(*OF_STAMPER, since=SIGNED + DAY)), EXPIRED
    ),
    stamp_row("by a certificate expired since", lambda: rescued(stamper_with(*OF_STAMPER, until=NOW - DAY)), EXPIRED),
    stamp_row("after the signer's end", lambda: rescued(at=ENDED + DAY), bad("истёк")),
    stamp_row("before the signer's beginning", lambda: rescued(at=SINCE - DAY), bad()),
    stamp_row("in the future", lambda: stamped(at=NOW + DAY), NOT_COUNTED),
    stamp_row("in the year 0", lambda: rescued(at=moment("00000101000000Z")), EXPIRED),
    stamp_row("without Z", lambda: rescued(at=moment(f"{IN_TIME:%Y%m%d%H%M%S}")), EXPIRED),
    stamp_row("at no time", lambda: rescued(at=moment("")), EXPIRED),
    stamp_row("of data of another kind", lambda: rescued(content="1.2.840.113549.1.7.1"), EXPIRED),
    stamp_row("that is none", lambda: raw(der.null()), EXPIRED),
    stamp_row(
        "that is a detached signature", lambda: raw(container(Signing(stamper(root()), content=TST_INFO))), EXPIRED
    ),
    stamp_row("claimed time later than it", lambda: rescued(claimed=IN_TIME + dt.timedelta(minutes=6)), bad("метк")),
    stamp_row("claimed time a little later than it", lambda: rescued(claimed=IN_TIME + dt.timedelta(minutes=3)), SAVES),
    stamp_row("before the document was issued", lambda: _issued_after_stamp(), bad("до выпуска документа"), PORTAL),
    row("an authority of time does not vouch for people", person_of_time_root, bad("не известен")),
    stamp_row("by an authority's own certificate", lambda: rescued(root()), EXPIRED),
    stamp_row("of an authority that had expired", lambda: _expired_time_root(), EXPIRED),
]


def _issued_after_stamp() -> Case:
    """No time is claimed; the stamp says that it was before the document."""
    signing = Signing(signer(), claimed=None, unsigned=(Stamp(stamper(root())),))
    return Case(container(signing), (root().der,), issued_at=STAMPED_AT + DAY / 24)


def _authority_expired_since() -> Case:
    """Signer and authority have expired since; the stamp is of a time when both were valid."""
    top = authority("Прежний центр", since=ANCIENT, until=ENDED)
    signing = Signing(person(top, until=ENDED), claimed=SIGNED, unsigned=(Stamp(stamper(root()), at=IN_TIME),))
    return case(container(signing), root(), top)


def _expired_time_root() -> Case:
    top = authority("Прежний центр меток", since=ANCIENT, until=NOW - DAY)
    made = rescued(stamper(top, until=FAR))
    return Case(made.content, made.authorities, (top.der,))


ROWS: list[Row] = [*GOOD, *BAD]
