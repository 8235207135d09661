"""Time stamps (RFC 3161), certificate revocation lists (RFC 5280) and OCSP answers (RFC 6960) of any shape."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tests.documents.cms import der
from tests.documents.cms.containers import TIME_STAMP, Signing, Unsigned, attribute, encapsulated, signed_data
from tests.documents.cms.forge import ANCIENT, FAR, NOW, OF_STAMPER, Party, authority_key, extension, person
from tests.documents.cms.keys import digest_algorithm, digest_of, signature_algorithm

TST_INFO = "1.2.840.113549.1.9.16.1.4"
STAMPED_AT = NOW - dt.timedelta(minutes=59)
DAY = dt.timedelta(days=1)


@cache
def stamper(by: Party, kind: str = "p256", own: tuple[bytes, ...] = OF_STAMPER, since: dt.datetime = ANCIENT,
            until: dt.datetime = FAR) -> Party:  # fmt: skip
    """A time stamping authority's certificate."""
    return person(by, kind, (("CN", "Служба меток времени"),), own, since=since, until=until, key_name="stamper")


@dataclass(frozen=True)
class Stamp:
    """A time stamp; what may be odd about it.

    Attributes:
        at: the moment, or the encoded GeneralizedTime.
        imprint: the digest in it; that of the signature value without.
        along: certificates in the token besides the stamper's.
    """

    by: Party
    at: dt.datetime | bytes = STAMPED_AT
    imprint_digest: str = "sha256"
    imprint: bytes | None = None
    content: str = TST_INFO
    along: tuple[Party, ...] = ()
    without: tuple[str, ...] = ()
    more: tuple[bytes, ...] = ()
    digest: str = ""
    certificates: bool = True
    spoil: bool = False
    more_info: tuple[bytes, ...] = ()
    version: int = 1

    def token(self, value: bytes) -> bytes:
        """The token over a signature value."""
        info = self.info(value)
        spoil = (lambda signature: signature[:-1] + bytes([signature[-1] ^ 1])) if self.spoil else None
        signing = Signing(
            self.by, info, self.digest, self.content, None, without=self.without, more=self.more, spoil=spoil
        )
        certificates = [each.der for each in (self.by, *self.along)] if self.certificates else []
        return signed_data([signing.info()], certificates, inside=encapsulated(info, self.content), version=3)

    def info(self, value: bytes) -> bytes:
        """TSTInfo."""
        imprint = digest_of(self.imprint_digest, value) if self.imprint is None else self.imprint
        return der.seq(
            der.integer(self.version),
            der.oid("1.2.643.2.2.38.4"),
            der.seq(digest_algorithm(self.imprint_digest), der.octets(imprint)),
            der.integer(4711),
            self.at if isinstance(self.at, bytes) else der.gentime(f"{self.at:%Y%m%d%H%M%SZ}"),
            *self.more_info,
        )

    def __call__(self, value: bytes) -> bytes:
        return attribute(TIME_STAMP, self.token(value))


def stamped(by: Party, **options: object) -> Unsigned:
    """An unsigned attribute with a time stamp."""
    return Stamp(by, **options)  # type: ignore[arg-type]


# --- revocation ---


@dataclass(frozen=True)
class Revoked:
    """An entry of a list; the reason is a CRLReason."""

    of: Party
    at: dt.datetime = NOW - 30 * DAY
    reason: int | None = None

    def entry(self) -> bytes:
        reason = [der.seq(extension("2.5.29.21", der.enumerated(self.reason)))] if self.reason is not None else []
        return der.seq(der.integer_octets(self.of.serial), der.time(self.at), *reason)


def crl(
    by: Party,
    *entries: Revoked,
    since: dt.datetime = NOW - DAY,
    until: dt.datetime | None = NOW + DAY,
    issuer: bytes | None = None,
    more: Sequence[bytes] = (),
    spoil: bool = False,
    digest: str = "",
) -> bytes:
    """A certificate revocation list in DER."""
    digest = digest or by.key.digest
    algorithm = signature_algorithm(by.key, digest)
    extensions = (authority_key(by.key), extension("2.5.29.20", der.integer(7)), *more)
    tbs = der.seq(
        der.integer(1),
        algorithm,
        issuer or by.subject,
        der.time(since),
        *([der.time(until)] if until else []),
        *([der.seq(*(entry.entry() for entry in entries))] if entries else []),
        der.context(0, der.seq(*extensions)),
    )
    value = by.key.sign(tbs, digest)
    return der.seq(tbs, algorithm, der.bits(value[:-1] + bytes([value[-1] ^ 1]) if spoil else value))


@cache
def responder(by: Party, own: tuple[bytes, ...], until: dt.datetime = FAR) -> Party:
    """A delegated OCSP responder's certificate."""
    return person(by, "p256", (("CN", "Служба OCSP"),), own, since=ANCIENT, until=until, key_name="responder")


GOOD, UNKNOWN = der.context(0, constructed=False), der.context(2, constructed=False)


def revoked_at(moment: dt.datetime = NOW - 30 * DAY) -> bytes:
    """CertStatus: revoked."""
    return der.context(1, der.gentime(f"{moment:%Y%m%d%H%M%SZ}"))


@dataclass(frozen=True)
class Answer:
    """An OCSP answer about a certificate.

    Attributes:
        by: who signs it: the authority, or a responder whose certificate then comes along.
        issuer: the authority of the certificate.
    """

    of: Party
    issuer: Party
    by: Party
    status: bytes = GOOD
    by_key: bool = False
    since: dt.datetime = NOW - DAY
    until: dt.datetime | None = NOW + DAY
    spoil: bool = False
    hashing: str = "sha1"
    along: tuple[Party, ...] = ()

    def basic(self) -> bytes:
        """BasicOCSPResponse."""
        key_bits = der.content(der.children(self.issuer.key.spki)[1])[1:]
        hashes = [digest_of(self.hashing, part) for part in (self.of.issuer, key_bits)]
        identifier = der.seq(
            digest_algorithm(self.hashing), *map(der.octets, hashes), der.integer_octets(self.of.serial)
        )
        until = [der.context(0, _general(self.until))] if self.until else []
        single = der.seq(identifier, self.status, _general(self.since), *until)
        named = der.context(2, der.octets(self.by.key.identifier)) if self.by_key else der.context(1, self.by.subject)
        data = der.seq(named, _general(self.since), der.seq(single))
        key, digest = self.by.key, self.by.key.digest
        value = key.sign(data, digest)
        value = value[:-1] + bytes([value[-1] ^ 1]) if self.spoil else value
        carried = [each.der for each in ((self.by, *self.along) if self.by != self.issuer else self.along)]
        certificates = [der.context(0, der.seq(*carried))] if carried else []
        return der.seq(data, signature_algorithm(key, digest), der.bits(value), *certificates)

    def response(self) -> bytes:
        """OCSPResponse."""
        basic = der.seq(der.oid("1.3.6.1.5.5.7.48.1.1"), der.octets(self.basic()))
        return der.seq(der.enumerated(0), der.context(0, basic))


def _general(moment: dt.datetime) -> bytes:
    return der.gentime(f"{moment:%Y%m%d%H%M%SZ}")
