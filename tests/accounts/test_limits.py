"""How often something may be asked for: buckets that lose drops, that no flood washes out, and two cannot both fill."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connections, transaction
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.limits import Limit, Rate, TooMany, forget_old_limits, network_of, take
from accounts.models import Bucket, User

pytestmark = pytest.mark.slow

HERE = "192.0.2.1"
LIMIT = Limit(
    "try",
    (),
    frozenset(),
    network=Rate(3, a_minute=60),
    overall=Rate(50, a_minute=60),
    target=Rate(2, a_minute=6),
    target_of=lambda request: request.POST.get("who", ""),
)


def request_from(address: str = HERE, who: str = "", user: User | None = None, via: str = "") -> HttpRequest:
    request = RequestFactory().post("/", {"who": who}, REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=via)
    request.user = user or AnonymousUser()
    return request


def takes(times: int, limit: Limit = LIMIT, *, address: str = HERE, who: str = "") -> int:
    """How many of so many requests are let through."""
    let_through = 0
    for _ in range(times):
        try:
            take(limit, request_from(address, who))
        except TooMany:
            continue
        let_through += 1
    return let_through


class Clock:
    """A clock that stands still until it is moved."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock()
    with patch("accounts.limits.time", clock):
        yield clock


def test_so_many_at_once_then_so_many_a_minute(db: None, clock: Clock) -> None:
    assert takes(10) == 3
    clock.now += 2
    assert takes(10) == 2
    clock.now += 3600
    assert takes(10) == 3


def test_a_refused_request_says_when_and_makes_nobody_wait_longer(db: None, clock: Clock) -> None:
    slow = replace(LIMIT, network=Rate(1, a_minute=1))
    assert takes(1, slow) == 1
    clock.now += 20
    for _ in range(100):
        with pytest.raises(TooMany) as refused:
            take(slow, request_from())
        assert refused.value.seconds == 40
    clock.now += 40
    assert takes(1, slow) == 1


def test_a_target_is_counted_whatever_network_asks(db: None, clock: Clock) -> None:
    networks = (f"10.0.0.{n}" for n in range(40))

    def from_everywhere(who: str) -> int:
        return sum(takes(1, address=next(networks), who=who) for _ in range(10))

    assert from_everywhere("a@example.org") == 2
    assert from_everywhere(" A@EXAMPLE.org ") == 0
    assert from_everywhere("ａ@example.ORG") == 0
    assert from_everywhere("b@example.org") == 2


def test_a_network_has_a_share_of_a_target_and_pays_for_asking_on(db: None, clock: Clock) -> None:
    shared = replace(LIMIT, network=Rate(9, a_minute=1), share=Rate(2, a_minute=1), target=Rate(5, a_minute=5))
    assert takes(5, shared, who="a") == 2
    assert takes(9, shared, who="") == 9 - 5
    others = [takes(9, shared, address=f"10.0.0.{n}", who="a") for n in range(3)]
    assert others == [2, 1, 0]


def test_what_a_target_refuses_is_not_counted_for_all_together(db: None, clock: Clock) -> None:
    assert sum(takes(1, address=f"10.0.{n // 250}.{n % 250}", who="a") for n in range(500)) == 2
    assert Bucket.objects.count() == 2 + 1 + 1
    assert takes(1, address="198.51.100.1", who="b") == 1


def test_all_networks_together_have_a_ceiling_and_leave_no_rows(db: None, clock: Clock) -> None:
    assert sum(takes(1, address=f"10.0.{n // 250}.{n % 250}", who=f"{n}") for n in range(500)) == 50
    assert Bucket.objects.count() == 50 + 50 + 1
    clock.now += 1
    assert takes(5, address="198.51.100.1", who="c") == 1


def test_who_is_logged_in_is_counted_apart(db: None, clock: Clock, chair: User) -> None:
    for n in range(60):
        takes(1, address=f"10.0.0.{n}")
    with pytest.raises(TooMany):
        take(LIMIT, request_from("10.0.1.1"))
    for _ in range(3):
        take(LIMIT, request_from("10.0.1.1", user=chair))
    with pytest.raises(TooMany):
        take(LIMIT, request_from("10.0.9.9", user=chair))


def test_given_back_is_not_counted(db: None, clock: Clock) -> None:
    for _ in range(20):
        take(LIMIT, request_from(who="a@example.org")).give_back()
    assert takes(10) == 3


def test_a_clock_that_was_wrong_locks_nobody_out(db: None, clock: Clock) -> None:
    clock.now += 10 * 365 * 24 * 3600
    assert takes(10) == 3
    clock.now -= 10 * 365 * 24 * 3600
    assert takes(10) == 3


def test_only_empty_buckets_are_forgotten(db: None, clock: Clock) -> None:
    takes(3)
    clock.now += 1
    assert forget_old_limits() == 0
    assert takes(3) == 1
    clock.now += 60
    assert forget_old_limits() == 2
    assert not Bucket.objects.exists()


def test_a_request_costs_the_same_however_many_rows_there_are(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    soon = time.time() + 60
    Bucket.objects.bulk_create(Bucket(key=f"try:network:{n}", empty_at=soon) for n in range(2000))
    with django_assert_num_queries(5):  # three buckets in one transaction
        take(LIMIT, request_from(who="a@example.org"))
    assert Bucket.objects.count() == 2003


@pytest.mark.django_db(transaction=True)
def test_two_processes_cannot_both_take_the_last_place() -> None:
    steady = replace(LIMIT, network=Rate(7, a_minute=0.001), overall=Rate(1000, a_minute=0.001), target=None)

    def ask(_: int) -> int:
        try:
            return takes(5, steady)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as visitors:
        assert sum(visitors.map(ask, range(8))) == 7


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "nobody"),
        ("rubbish", "nobody"),
    ],
)
def test_a_network_is_an_address_or_half_of_one(address: str, network: str) -> None:
    assert network_of(request_from(address)) == network


def test_behind_the_proxy_its_word_counts_and_nobody_elses(settings: Settings) -> None:
    forged = "203.0.113.9, 198.51.100.7"
    assert network_of(request_from("10.0.0.1", via=forged)) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert network_of(request_from("10.0.0.1", via=forged)) == "198.51.100.7"


def test_rows_hold_neither_addresses_nor_names(db: None) -> None:
    take(LIMIT, request_from(who="secret@example.org"))
    assert not any(word in str(list(Bucket.objects.values())) for word in ("secret", HERE))


def test_a_bucket_has_a_key(db: None) -> None:
    with pytest.raises(IntegrityError, match="bucket_has_key"), transaction.atomic():
        Bucket.objects.create(key="", empty_at=0)
    assert str(Bucket(key="k", empty_at=0)) == "k"
