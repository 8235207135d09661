"""When: validity of certificates, claimed times of signing, odd but legal dates."""

import datetime as dt
from functools import partial

from tests.documents.cms import der
from tests.documents.cms.containers import SIGNED_AT
from tests.documents.cms.forge import (
    FAR,
    NOW,
    OF_AUTHORITY,
    OF_PERSON,
    PERSON,
    SINCE,
    UNTIL,
    Form,
    authority,
    certificate,
    name,
    person,
)
from tests.documents.cms.keys import key
from tests.documents.cms.stamps import DAY
from tests.documents.cms.table.row import (
    GOST,
    LENIENT,
    PORTAL,
    Case,
    Row,
    bad,
    case,
    good,
    handled,
    of,
    root,
    row,
    signed,
    signer,
)

MINUTE = dt.timedelta(minutes=1)
EARLY, LATE = der.utctime("250101000000Z"), der.utctime("270101000000Z")
EXPIRED = ("истёк", "метк")


def valid(since: bytes, until: bytes) -> Case:
    """A person whose certificate has these encoded dates."""
    form = Form(dates=(since, until), extensions=OF_PERSON)
    return signed(certificate(key("p256", "person"), name(*PERSON), root(), form))


def authority_valid(since: bytes, until: bytes) -> Case:
    form = Form(dates=(since, until), extensions=OF_AUTHORITY)
    top = certificate(key("p256", "odd dates"), name(("CN", "Центр")), None, form)
    return of(person(top), top)


def issued(at: dt.datetime, claimed: dt.datetime | None = SIGNED_AT) -> Case:
    """A signature of a document that was issued at a moment."""
    made = signed(claimed=claimed)
    return case(made.content, issued_at=at)


def claimed(value: bytes | dt.datetime) -> Case:
    return signed(claimed=value)


def expired(**changes: object) -> Case:
    """Signed in time by a certificate that has expired since."""
    by = person(root(), since=SINCE, until=NOW - 10 * DAY)
    return signed(by, claimed=NOW - 20 * DAY, **changes)


def gost_up_to(year: int) -> Case:
    top = authority("Центр ГОСТ", "gost256")
    return of(person(top, "gost256", until=dt.datetime(year, 12, 31, tzinfo=dt.UTC)), top)


ROWS: list[Row] = [
    row("expired, signed in time", expired, bad(*EXPIRED)),
    row("expired, no time said", lambda: signed(person(root(), until=NOW - DAY), claimed=None), bad(*EXPIRED)),
    row("expired, signed later", lambda: signed(person(root(), until=NOW - DAY)), bad("истёк")),
    row("expires today", lambda: signed(person(root(), until=NOW + MINUTE)), good()),
    row("begins today", lambda: signed(person(root(), since=NOW - 61 * MINUTE)), good()),
    row("not yet valid", lambda: signed(person(root(), since=NOW + DAY, until=FAR)), bad("ещё не действовал")),
    row(
        "signed before it was valid",
        lambda: signed(person(root(), since=NOW - MINUTE)),
        bad("ещё не действовал"),
        why_not=LENIENT,
    ),
    row("signed the day before it was valid", lambda: claimed(SINCE - DAY), bad("ещё не действовал"), why_not=LENIENT),
    row("signed in the future", lambda: claimed(NOW + 10 * MINUTE), bad("ещё не наступило"), why_not=LENIENT),
    row("signed tomorrow", lambda: claimed(NOW + DAY), bad("ещё не наступило"), why_not=LENIENT),
    row(
        "signed after its end, in the future",
        lambda: claimed(UNTIL + DAY),
        bad("истёк|ещё не наступило"),
        why_not=LENIENT,
    ),
    row("the signer's clock is two minutes fast", lambda: claimed(NOW + 2 * MINUTE), good()),
    row("signed after the document was issued", lambda: issued(SIGNED_AT - MINUTE), good()),
    row("signed three minutes before the document was issued", lambda: issued(SIGNED_AT + 3 * MINUTE), good()),
    row(
        "signed six minutes before the document was issued",
        lambda: issued(SIGNED_AT + 6 * MINUTE),
        bad("до выпуска документа"),
        why_not=PORTAL,
    ),
    row(
        "signed a year before the document was issued",
        lambda: issued(SIGNED_AT, SIGNED_AT - 365 * DAY),
        bad("до выпуска документа"),
        why_not=PORTAL,
    ),
    row("no time said, document issued", lambda: issued(SIGNED_AT, None), good(signed_at=None)),
    row("signed at what is said", signed, good(signed_at=SIGNED_AT)),
    row("signed in GeneralizedTime", lambda: claimed(der.gentime("20260615110000Z")), good(signed_at=SIGNED_AT)),
    row("signed in GeneralizedTime without Z", lambda: claimed(der.gentime("20260615110000")), handled()),
    row("signed in UTCTime without Z", lambda: claimed(der.utctime("260615110000")), handled()),
    row("signed in UTCTime without seconds", lambda: claimed(der.utctime("2606151100Z")), handled()),
    row("signed in the time of Moscow", lambda: claimed(der.utctime("260615140000+0300")), handled()),
    row("signed at a fraction of a second", lambda: claimed(der.gentime("20260615110000.5Z")), handled()),
    row("signed at a leap second", lambda: claimed(der.utctime("260615105960Z")), handled()),
    row("signed in the year 0", lambda: claimed(der.gentime("00000101000000Z")), handled()),
    row("signed in the year 1", lambda: claimed(der.gentime("00010101000000Z")), bad(), why_not=LENIENT),
    row("signed in the year 9999", lambda: claimed(der.gentime("99991231235959Z")), bad(), why_not=LENIENT),
    row("signed in 1950", lambda: claimed(der.utctime("500101000000Z")), bad("ещё не действовал"), why_not=LENIENT),
    row("signed on 30 February", lambda: claimed(der.utctime("260230110000Z")), handled()),
    row("signed at no time", lambda: claimed(der.utctime("")), handled()),
    row("signed at a time of letters", lambda: claimed(der.tlv(0x17, b"\xf1\xe5\xe3")), handled()),
    row(
        "signed at a time of digits of others",
        lambda: claimed(der.tlv(0x18, "２０２６0615110000Z".encode())),
        handled(),
    ),
    row("signed at a time that is text", lambda: claimed(der.utf8("2026-06-15")), handled()),
    row(
        "valid up to 9999-12-31",
        lambda: valid(EARLY, der.gentime("99991231235959Z")),
        good(not_after=dt.datetime(9999, 12, 31, tzinfo=dt.UTC)),  # no end, at a moment that every time zone can show
    ),
    row("an authority valid up to 9999-12-31", lambda: authority_valid(EARLY, der.gentime("99991231235959Z")), good()),
    row(
        "valid from 1950",
        lambda: valid(der.utctime("500101000000Z"), LATE),
        good(not_before=dt.datetime(1950, 1, 1, tzinfo=dt.UTC)),
    ),
    row(
        "valid up to 2049",
        lambda: valid(EARLY, der.utctime("491231235959Z")),
        good(not_after=dt.datetime(2049, 12, 31, 23, 59, 59, tzinfo=dt.UTC)),
    ),
    row("valid up to 1950", lambda: valid(der.utctime("500101000000Z"), der.utctime("500102000000Z")), bad("истёк")),
    row("valid up to 2050", lambda: valid(EARLY, der.gentime("20500101000000Z")), good()),
    row(
        "dates in GeneralizedTime before 2050",
        lambda: valid(der.gentime("20250101000000Z"), der.gentime("20270101000000Z")),
        handled(),
    ),
    row("dates without Z", lambda: valid(der.gentime("20250101000000"), der.gentime("20600101000000")), handled()),
    row("dates in UTCTime without Z", lambda: valid(der.utctime("250101000000"), LATE), handled()),
    row("dates of the year 0", lambda: valid(der.gentime("00000101000000Z"), LATE), handled()),
    row("dates of the year 0 at the end", lambda: valid(EARLY, der.gentime("00000101000000Z")), handled()),
    row("an authority of the year 0", lambda: authority_valid(der.gentime("00000101000000Z"), LATE), handled()),
    row(
        "an authority up to a date without Z", lambda: authority_valid(EARLY, der.gentime("20600101000000")), handled()
    ),
    row("dates with a fraction", lambda: valid(EARLY, der.gentime("20600101000000.123Z")), handled()),
    row("dates with a zone", lambda: valid(der.utctime("250101000000+0300"), LATE), handled()),
    row("dates without seconds", lambda: valid(der.utctime("2501010000Z"), LATE), handled()),
    row("a thirteenth month", lambda: valid(EARLY, der.utctime("271301000000Z")), handled()),
    row("dates that are numbers", lambda: valid(der.integer(1), der.integer(2)), handled()),
    row("the end before the beginning", lambda: valid(LATE, EARLY), bad("истёк|ещё не действовал")),
    *(row(f"GOST up to {year}", partial(gost_up_to, year), good(), why_not=GOST) for year in (2049, 2050, 9999)),
    row("an ordinary signer", lambda: signed(signer()), good(not_before=SINCE, not_after=UNTIL)),
]
