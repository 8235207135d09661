"""From the signer to an authority of the store: roots, intermediates, crossings, loops, impostors."""

from functools import partial

from tests.documents.cms import der
from tests.documents.cms.containers import Signing, certificate_values, container
from tests.documents.cms.forge import (
    ANCIENT,
    FAR,
    NOW,
    OF_AUTHORITY,
    OF_PERSON,
    PERSON,
    Form,
    Party,
    authority,
    authority_key,
    basic,
    certificate,
    name,
    person,
    subject_key,
    usage,
)
from tests.documents.cms.keys import key
from tests.documents.cms.stamps import DAY
from tests.documents.cms.table.row import PORTAL, Case, Row, bad, good, of, root, row, signed, signer, whole

UNKNOWN = "не известен"
NOT_TO_ISSUE = "не вправе выдавать"
FORGED = "не подписан тем удостоверяющим центром"
PAST, SOON = NOW - 30 * DAY, NOW + 30 * DAY


def chain(length: int) -> list[Party]:
    """A root and authorities below it."""
    path = [authority("Головной центр")]
    for step in range(1, length):
        path.append(authority(f"Центр {step}", by=path[-1]))
    return path


def chained(length: int, *, trusted: int = 0, along: bool = True) -> Case:
    """A signer below a chain, of which one is trusted; the others come along or are missing."""
    path = chain(length)
    others = tuple(each for each in path if each is not path[trusted]) if along else ()
    return of(person(path[-1]), path[trusted], along=others)


def crossed(subject: str, by: Party, *, of_key: str = "", signed_by: str = "", **dates: object) -> Party:
    """A certificate of an authority's key, by another authority; `signed_by` signs it falsely."""
    owner = key("p256", of_key or subject)
    extensions = (*OF_AUTHORITY, subject_key(owner), authority_key(by.key))
    false = key("p256", signed_by) if signed_by else None
    form = Form(extensions=extensions, signed_by=false, since=ANCIENT, **{"until": FAR, **dates})  # type: ignore[arg-type]
    return certificate(owner, name(("CN", subject), ("O", "Центр")), by, form)


def cross_signed(*, first: bool, **second: object) -> Case:
    """An authority that a stranger and the trusted one certified; both certificates come along."""
    stranger, between = authority("Чужой центр"), authority("Перекрёстный центр")
    by_stranger = crossed("Перекрёстный центр", stranger)
    by_root = crossed("Перекрёстный центр", root(), **second)  # type: ignore[arg-type]
    both = (by_stranger, by_root) if first else (by_root, by_stranger)
    return of(person(between), root(), along=both)


def two_ways(**odd: object) -> Case:
    """Two certificates of an authority by the trusted one, of which the first is of no use."""
    useless = crossed("Перекрёстный центр", root(), **odd)  # type: ignore[arg-type]
    useful = crossed("Перекрёстный центр", root())
    return of(person(authority("Перекрёстный центр")), root(), along=(useless, useful))


def loop(size: int) -> Case:
    """Authorities of which each certified the next, and the last the first."""
    names = [f"Круг {number}" for number in range(size)]
    members = [authority(each) for each in names]
    ring = tuple(crossed(names[number], members[number - 1]) for number in range(size))
    return of(person(members[0]), root(), along=ring)


def web(size: int) -> Case:
    """Authorities of one name, all with certificates by each other: every path is open."""
    members = [authority("Один и тот же", key_name=f"web {number}") for number in range(6)]
    links = [(a, b) for a in range(6) for b in range(6) if a != b][:size]
    ring = tuple(crossed("Один и тот же", members[b], of_key=f"web {a}") for a, b in links)
    return of(person(members[0]), root(), along=ring)


def impostor() -> Party:
    """An authority with the name of the real one, and another key."""
    return authority(key_name="impostor")


def store(**form: object) -> Case:
    """A signer below an authority of the store that is odd."""
    owner = key("p256", "odd authority")
    form = {"extensions": OF_AUTHORITY, "since": ANCIENT, "until": FAR, **form}
    odd = certificate(owner, name(("CN", "Особый центр")), None, Form(**form))  # type: ignore[arg-type]
    return of(person(odd), odd)


def changed_issuer() -> Case:
    """The signer's certificate with the issuer's name changed after it was signed: to that of a trusted authority."""
    stranger = authority("Чужой центр")
    forged = certificate(
        key("p256", "person"), signer().subject, root(), Form(extensions=OF_PERSON, signed_by=stranger.key)
    )
    return signed(forged)


def alone(*, trusted: bool) -> Case:
    """A self-signed person."""
    form = Form(extensions=OF_PERSON)
    self_signed = certificate(key("p256", "alone"), name(("CN", "Сам С.С.")), None, form)
    return of(self_signed, *((self_signed,) if trusted else ()))


def intermediate_of(since: object, until: object) -> Case:
    top = authority("Головной центр")
    between = authority("Временный центр", by=top, since=since, until=until)
    return of(person(between), top, along=(between,))


def among_attributes() -> Case:
    """The intermediate stands among the unsigned attributes (CAdES-XL)."""
    path = chain(2)
    return of(person(path[-1]), path[0], unsigned=(certificate_values(path[-1], path[0]),))


def respelled(subject: bytes, issuer: bytes) -> Case:
    """An authority whose name is spelt in another way in the certificates that it issues."""
    top = certificate(key("p256", "respelled"), subject, None, Form(extensions=OF_AUTHORITY))
    below = certificate(key("p256", "person"), name(*PERSON), top, Form(extensions=OF_PERSON, issuer=issuer))
    return of(below, top)


def sid_respelled() -> Case:
    """The signer is named by its issuer in another encoding."""
    sid = der.seq(name(("CN", der.bmp("Удостоверяющий центр")), ("O", "Центр")), der.integer_octets(signer().serial))
    return signed(sid=sid)


ROWS: list[Row] = [
    row("an intermediate among the attributes", among_attributes, good(), why_not="OpenSSL reads no such attribute"),
    row(
        "an issuer in another encoding",
        lambda: respelled(name(("CN", der.printable("Center"))), name(("CN", "Center"))),
        good(),
    ),
    row(
        "an issuer in another case", lambda: respelled(name(("CN", "Center  One")), name(("CN", "CENTER one"))), good()
    ),
    row("an issuer of another name", lambda: respelled(name(("CN", "Center")), name(("CN", "Centre"))), bad(UNKNOWN)),
    row("a signer named in another encoding", sid_respelled, good()),
    row("a root in the store", signed, good(issuer="Удостоверяющий центр")),
    row("an empty store", lambda: Case(container(Signing(signer()))), bad(f"{UNKNOWN}|нет ни одного")),
    row("another authority in the store", lambda: of(signer(), authority("Чужой центр")), bad(UNKNOWN)),
    *(row(f"a chain of {length}", partial(chained, length), good()) for length in (2, 3, 4)),
    row("an intermediate in the store, its root missing", partial(chained, 2, trusted=1, along=False), good()),
    row("an intermediate in the store, its root along", partial(chained, 2, trusted=1), good()),
    row("the middle of a chain in the store", partial(chained, 3, trusted=1), good()),
    row("an intermediate missing", partial(chained, 2, along=False), bad(UNKNOWN)),
    row("root and intermediate in the store", lambda: of(person(chain(2)[1]), *chain(2)), good()),
    row(
        "a root that comes along is not trusted",
        lambda: of(person(chain(2)[1]), root(), along=tuple(chain(2))),
        bad(UNKNOWN),
    ),
    row(
        "cross-signed, the stranger first",
        partial(cross_signed, first=True),
        good(),
        why_not="OpenSSL follows the first only",
    ),
    row("cross-signed, the stranger last", partial(cross_signed, first=False), good()),
    row("cross-signed, the right one expired", partial(cross_signed, first=True, until=PAST), bad(f"истёк|{UNKNOWN}")),
    row("two ways, the first expired", partial(two_ways, until=PAST), good()),
    row("two ways, the first forged", partial(two_ways, signed_by="nobody"), good(), why_not="OpenSSL takes the first"),
    *(row(f"a loop of {size}", partial(loop, size), bad(UNKNOWN)) for size in (1, 2, 20)),
    row("a web of 29 certificates", partial(web, 29), bad()),
    whole("a loop of 60", partial(loop, 60), "больше 30 сертификатов"),
    row("an impostor in the store", lambda: of(signer(), impostor()), bad(FORGED)),
    row("an impostor beside the real one", lambda: of(signer(), impostor(), root()), good()),
    row("a person of the impostor", lambda: signed(person(impostor())), bad(f"{FORGED}|{UNKNOWN}")),
    row(
        "a person of the impostor, who comes along",
        lambda: signed(person(impostor()), along=(impostor(),)),
        bad(f"{FORGED}|{UNKNOWN}"),
    ),
    row("the issuer's name changed", changed_issuer, bad(FORGED)),
    row("a damaged certificate", lambda: signed(_damaged()), bad(FORGED)),
    row("a self-signed signer", partial(alone, trusted=False), bad(UNKNOWN)),
    row("a self-signed signer in the store", partial(alone, trusted=True), bad(), why_not=PORTAL),
    row("a person's certificate in the store", lambda: of(signer(), signer()), bad(), why_not=PORTAL),
    row(
        "a store authority without the flag",
        partial(store, extensions=(basic(False), usage("keyCertSign"))),
        bad(NOT_TO_ISSUE),
    ),
    row(
        "a store authority without extensions",
        partial(store, extensions=None, version=0),
        bad(NOT_TO_ISSUE),
        why_not="OpenSSL takes roots of version 1",
    ),
    row(
        "a store authority without the right",
        partial(store, extensions=(basic(True), usage("cRLSign"))),
        bad(NOT_TO_ISSUE),
    ),
    row("a store authority without key usage", partial(store, extensions=(basic(True),)), good()),
    row("a store authority that had expired", partial(store, until=PAST), bad("истёк")),
    row("a store authority of tomorrow", partial(store, since=SOON), bad("ещё не действовал")),
    row("a store authority with a false self-signature", partial(store, signed_by=key("p256", "nobody")), good()),
    row(
        "a weak authority in the store",
        lambda: of(person(authority("Слабый", "rsa1024")), authority("Слабый", "rsa1024")),
        bad("ключ"),
    ),
    row("an intermediate that had expired", lambda: intermediate_of(ANCIENT, PAST), bad("истёк")),
    row("an intermediate of tomorrow", lambda: intermediate_of(SOON, FAR), bad("ещё не действовал")),
]


def _damaged() -> Party:
    whole_one = signer()
    broken = whole_one.der[:-1] + bytes([whole_one.der[-1] ^ 1])
    return Party(whole_one.key, broken, whole_one.subject, whole_one.issuer, whole_one.serial)
