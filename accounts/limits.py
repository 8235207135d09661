"""How often something may be asked for: by one network, for one target, by everybody together.

Each limit is a leaky bucket in a table of its own (`Bucket`): a request adds one drop, time takes the drops away, and a
request that finds the bucket full is refused. A refused request adds nothing to what others share, and to a full bucket
nothing at all, so that nobody is locked out for longer than a bucket needs to lose one drop, however long a flood goes
on; only where a network has used up its share of a target, the request still counts against that network. A drop is one
statement, whatever the load: two processes cannot both take the last place. What all strangers together may ask for
bounds how many rows there are.

The strangers of one network fill only their share of a target, and the target holds many shares: one network alone
shuts nobody out from another one.

Whoever is known is counted apart from strangers, by name alone: who is logged in, and, at the pages of logging in, a
browser in which the same person has logged in before (`KNOWN_BROWSER`). So a flood of strangers shuts no door before
those who work here.
"""

import datetime as dt
import ipaddress
import math
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import Bucket, User
from revisions.patience import impatient

KNOWN_BROWSER = "known_browser"
KNOWN_FOR = dt.timedelta(days=180)
_SALT = "accounts.limits"
_IPV6_NETWORK = 64  # bits: what one subscriber gets
_TOGETHER = ("target", "overall")  # buckets that several networks fill
PATIENCE = 2.0  # seconds that a request waits to be counted, while others write
_NOBODY = "nobody"  # who asks from no address at all, as through a socket of the machine


@dataclass(frozen=True)
class Rate:
    """So many at once, then so many a minute.

    Attributes:
        at_once: how many drops a bucket holds.
        a_minute: how many it loses in a minute.
    """

    at_once: int
    a_minute: float

    @property
    def drop(self) -> float:
        """How long one drop stays, in seconds."""
        return 60 / self.a_minute


@dataclass(frozen=True)
class Limit:
    """What may be asked for, and how often.

    Attributes:
        what: its name in the keys of the buckets.
        addresses: the names of the addresses that it holds at.
        methods: of HTTP that are counted.
        network: of one client network (an IPv4 address, 64 bits of IPv6); and of one person who is logged in.
        overall: of all strangers together.
        share: for one account or link, by the strangers of one network; and by one known browser of its owner.
        target: for one account, link or paper, by strangers together: where there is a share, much wider than that, at
            once and a minute.
        target_of: what is asked about; empty for nothing.
        success_is_free: whether a request that leads on, as a right password does, is not counted.
    """

    what: str
    addresses: tuple[str, ...]
    methods: frozenset[str]
    network: Rate
    overall: Rate
    share: Rate | None = None
    target: Rate | None = None
    target_of: Callable[[HttpRequest], str] = lambda request: ""
    success_is_free: bool = False


@dataclass(frozen=True)
class Taken:
    """A request that was let through, and the drops that it added: key and rate."""

    drops: tuple[tuple[str, Rate], ...]

    def give_back(self) -> None:
        """Take the drops out again."""
        for key, rate in self.drops:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE accounts_bucket SET empty_at = empty_at - %s WHERE key = %s", [rate.drop, key])


class TooMany(Exception):
    """A bucket is full.

    Attributes:
        seconds: until it takes one drop more, at least 1.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(f"the next one in {seconds} s")
        self.seconds = seconds


def take(limit: Limit, request: HttpRequest, *, patience: float = PATIENCE) -> Taken:
    """Count a request.

    Args:
        limit: that holds.
        request: to be counted.
        patience: how long it may wait for others who write, in seconds.

    Raises:
        TooMany: this network, this target or everybody together asked too often.
        OperationalError: somebody else writes for so long that the request is better answered without.
    """
    target = _in_one_form(limit.target_of(request))
    buckets = _buckets(limit, request, target)
    refused: TooMany | None = None
    with impatient(patience), transaction.atomic():
        for part, who, rate in buckets:
            try:
                _add_drop(_key(limit, part, who), rate)
            except TooMany as full:
                refused = full
                # Where many together are refused, no row is left behind: a flood from many networks makes none.
                transaction.set_rollback(part in _TOGETHER)
                break
    if refused:
        raise refused
    return Taken(tuple((_key(limit, part, who), rate) for part, who, rate in buckets))


def _buckets(limit: Limit, request: HttpRequest, target: str) -> list[tuple[str, str, Rate]]:
    """Which buckets a request fills: part of the limit, whose, and how much that holds."""
    if isinstance(request.user, User):
        return [("person", str(request.user.pk), limit.network)]
    network, own = network_of(request), limit.share or limit.target
    if own and (browser := _known_browser(request, target)):
        return [("browser", browser, own)]
    buckets = [("network", network, limit.network)]
    if limit.share and target:
        buckets.append(("share", _share(target, network), limit.share))
    if limit.target and target:
        buckets.append(("target", target, limit.target))
    return [*buckets, ("overall", "", limit.overall)]


def _share(target: str, network: str) -> str:
    return f"{network} {target}"


def _add_drop(key: str, rate: Rate) -> None:
    """Add one drop to a bucket in one statement. A moment that no drops can lead to (the clock was set back) is none.

    Raises:
        TooMany: it is full.
    """
    now = time()
    full, possible = now + (rate.at_once - 1) * rate.drop, now + (rate.at_once + 1) * rate.drop
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_bucket AS held (key, empty_at) VALUES (%s, %s) ON CONFLICT (key) DO UPDATE"
            " SET empty_at = CASE WHEN held.empty_at > %s AND held.empty_at <= %s THEN held.empty_at ELSE %s END + %s"
            " WHERE held.empty_at <= %s OR held.empty_at > %s RETURNING empty_at",
            [key, now + rate.drop, now, possible, now, rate.drop, full, possible],
        )
        if cursor.fetchone() is not None:
            return
        cursor.execute("SELECT empty_at FROM accounts_bucket WHERE key = %s", [key])
        found = cursor.fetchone()
    raise TooMany(max(1, math.ceil(found[0] - full)) if found else 1)


def forgive(limit: Limit, target: str, request: HttpRequest) -> None:
    """Empty the buckets of a target, whose owner has just shown who it is: of all together, and of the own network."""
    name = _in_one_form(target)
    keys = [_key(limit, "target", name), _key(limit, "share", _share(name, network_of(request)))]
    Bucket.objects.filter(key__in=keys).delete()


def forget_old_limits() -> int:
    """Delete the buckets that are empty; every few minutes is enough, and later costs only room.

    Returns:
        How many.
    """
    return Bucket.objects.filter(empty_at__lt=time()).delete()[0]


def network_of(request: HttpRequest) -> str:
    """The network that a request comes from, the one place that asks: an IPv4 address, or 64 bits of IPv6."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))  # knows of the proxy
    except (PermissionDenied, ValueError):
        return _NOBODY
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _IPV6_NETWORK), strict=False))


def _key(limit: Limit, part: str, who: str) -> str:
    return f"{limit.what}:{part}:{_fingerprint(who)}"


def _fingerprint(text: str) -> str:
    return salted_hmac(_SALT, text.encode("utf-8", "replace"), algorithm="sha256").hexdigest()[:40]


def _in_one_form(target: str) -> str:
    """A target however it is typed: a letter that a database takes for another one makes no new bucket."""
    return unicodedata.normalize("NFKC", target.strip()).upper().casefold()


def _known_browser(request: HttpRequest, target: str) -> str:
    """The number of a browser in which the owner of the target has logged in; empty for any other."""
    try:
        number, owners = signing.loads(request.COOKIES.get(KNOWN_BROWSER, ""), salt=_SALT, max_age=KNOWN_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(number) if target and _fingerprint(target) in owners else ""


def remember_browser(response: HttpResponse, user: User) -> None:
    """Let a browser keep that somebody has logged in in it; it opens nothing, and is only counted apart.

    Args:
        response: to the request that logged in.
        user: who is in now.
    """
    names: Iterable[str] = (user.email, person_target(user.pk))
    response.set_cookie(
        KNOWN_BROWSER,
        signing.dumps([secrets.token_hex(8), [_fingerprint(_in_one_form(name)) for name in names]], salt=_SALT),
        max_age=KNOWN_FOR,
        path="/accounts/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def person_target(pk: object) -> str:
    """How a limit names somebody by number, where no address was typed."""
    return f"person {pk}"
