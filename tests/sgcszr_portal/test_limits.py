"""What is open to all and costs something is limited, and whoever works here comes in all the same."""

import re
from collections.abc import Iterator

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from accounts.models import Bucket, OutgoingMail, User
from sgcszr_portal.limits import BY_ADDRESS, LIMITS, too_many
from tests.access_table import TABLE
from tests.accounts.conftest import PASSWORD, colleague  # noqa: F401 - a fixture
from tests.accounts.test_limits import Clock, clock  # noqa: F401 - a fixture
from tests.mail import delivered
from tests.test_access import named_addresses

pytestmark = pytest.mark.slow

URL = "/accounts/login/"
ATTACKER = "203.0.113.9"
MONDAY = "198.51.100.20"


def log_in(client: Client, email: str = "colleague@example.org", password: str = PASSWORD, at: str = "") -> int:
    return client.post(URL, {"login": email, "password": password}, REMOTE_ADDR=at or "127.0.0.1").status_code


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def strangers() -> Iterator[str]:
    """Addresses that nobody has seen before."""
    yield from (f"10.{n // 250 % 250}.{n % 250}.1" for n in range(50_000))


@pytest.mark.django_db
def test_no_flood_washes_out_what_was_counted(client: Client, colleague: User) -> None:  # noqa: F811 - the fixture
    for _ in range(6):
        log_in(client, password="wrong")
    for n, address in zip(range(400), strangers(), strict=False):
        Client().post("/accounts/password/reset/", {"email": f"{n}@example.org"}, REMOTE_ADDR=address)
    log_in(client)
    assert not is_in(client)


def test_a_flood_of_made_up_addresses_makes_a_bounded_number_of_rows(db: None, client: Client, clock: Clock) -> None:  # noqa: F811 - the fixture
    for n, address in zip(range(600), strangers(), strict=False):
        client.post("/accounts/password/reset/", {"email": f"{n}@example.org"}, REMOTE_ADDR=address)
    assert Bucket.objects.count() == 3 * 200 + 1


def test_a_page_says_how_long_to_wait(client: Client, colleague: User, clock: Clock) -> None:  # noqa: F811 - the fixture
    for _ in range(5):
        assert log_in(client, password="wrong") == 422
    answer = client.post(URL, {"login": colleague.email, "password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert "Повторите через 60\N{NO-BREAK SPACE}секунд" in answer.content.decode()
    clock.now += 60
    assert log_in(client) == 302


@pytest.mark.parametrize(("method", "guards"), [("get", False), ("post", True)])
def test_a_page_speaks_of_passwords_only_where_some_are_tried(
    db: None, rf: RequestFactory, method: str, guards: bool
) -> None:
    answer = too_many(getattr(rf, method)("/"), 5)
    assert ("чужой пароль" in answer.content.decode()) == guards


def test_an_office_behind_one_address_logs_in_on_monday(db: None, clock: Clock) -> None:  # noqa: F811 - the fixture
    people = [User.objects.create_user(f"p{n}@example.org", PASSWORD, name="П", role="chair") for n in range(60)]
    for person in people:  # each mistypes the password once, and the codes of half of them are asked for as well
        visitor = Client(REMOTE_ADDR=MONDAY)
        assert log_in(visitor, person.email, "wrong", at=MONDAY) == 422
        clock.now += 3
        assert log_in(visitor, person.email, at=MONDAY) == 302
    for person in people:
        assert Client().post("/accounts/login/code/", {"email": person.email}, REMOTE_ADDR=MONDAY).status_code == 302
    assert OutgoingMail.objects.to_somebody().count() == 60


def test_no_flood_keeps_the_own_browser_out_and_no_forged_one_in(client: Client, colleague: User, clock: Clock) -> None:  # noqa: F811 - the fixtures
    """Somebody tries passwords from everywhere, until nothing is let through any more."""
    own = Client(REMOTE_ADDR=MONDAY)
    assert log_in(own) == 302
    own.post("/accounts/logout/")
    for address in (f"10.1.{n // 250}.{n % 250}" for n in range(700)):
        log_in(client, f"{address}@example.org", "wrong", at=address)
        log_in(client, password="wrong", at=address)
    for forged in ("", "x", "WzFd:1:x"):
        client.cookies["known_browser"] = forged
        assert log_in(client, at="198.51.100.3") == 429
    assert log_in(own, password="wrong") == 422
    assert log_in(own) == 302


def test_a_known_browser_is_known_for_its_owner_alone(client: Client, colleague: User, chair: User) -> None:  # noqa: F811 - the fixture
    log_in(client)
    client.post("/accounts/logout/")
    answers = [log_in(client, chair.email, "wrong") for _ in range(6)]
    assert answers == [422] * 5 + [429]
    own = [log_in(client, password="wrong") for _ in range(6)]
    assert own == [422] * 5 + [429], "a known browser may not try passwords without end either"


def test_a_new_password_by_letter_forgives_the_wrong_ones(client: Client, colleague: User) -> None:  # noqa: F811 - the fixture
    for _ in range(6):
        log_in(client, password="wrong")
    client.post("/accounts/password/reset/", {"email": colleague.email})
    [address] = re.findall(r"http://testserver(\S+)", str(delivered()[0].body))
    form = client.get(address)["Location"]
    client.post(form, {"password1": "Ярославль-Тутаев-1778", "password2": "Ярославль-Тутаев-1778"})
    assert log_in(client, password="Ярославль-Тутаев-1778") == 302


def test_a_second_factor_is_not_guessed_by_logging_in_again(client: Client, colleague: User) -> None:  # noqa: F811 - the fixture
    TOTP.activate(colleague, generate_totp_secret())
    answers = []
    for _ in range(8):
        visitor = Client()
        assert log_in(visitor) == 302
        answers.append(visitor.post("/accounts/2fa/authenticate/", {"code": "000"}).status_code)
    assert answers == [422] * 5 + [429] * 3


def test_a_wrong_code_is_counted_whatever_the_answer_is(client: Client, colleague: User, clock: Clock) -> None:  # noqa: F811 - the fixture
    answers = set()
    for _ in range(80):
        visitor = Client()
        session = visitor.session
        session.save()
        answers.add(visitor.post("/accounts/login/code/confirm/", {"code": "AAA-AAA"}).status_code)
    assert answers == {302, 429}


def test_letters_to_one_address_are_few(db: None, colleague: User, clock: Clock) -> None:  # noqa: F811 - the fixtures
    for n in range(100):
        address, typed = f"10.2.0.{n}", {"email": "\u200b" * n + colleague.email}  # it is the same to the form
        Client().post("/accounts/login/code/", typed, REMOTE_ADDR=address)
        Client().post("/accounts/password/reset/", typed, REMOTE_ADDR=address)
    assert OutgoingMail.objects.count() == 2 * 20


def test_one_network_shuts_nobody_out_from_another(client: Client, colleague: User, clock: Clock) -> None:  # noqa: F811 - the fixtures
    uid = user_pk_to_url_str(colleague)
    with_letter, without = (f"/accounts/password/reset/key/{uid}-{end}/" for end in ("set-password", "x"))
    doors = ("/accounts/login/code/", "/accounts/password/reset/")
    for _ in range(30):
        clock.now += 30
        for door in doors:
            Client().post(door, {"email": colleague.email}, REMOTE_ADDR=ATTACKER)
        log_in(Client(), password="wrong", at=ATTACKER)
        for _ in range(11):
            Client().post(without, REMOTE_ADDR=ATTACKER)
    for door in doors:
        assert client.post(door, {"email": colleague.email}, REMOTE_ADDR=MONDAY).status_code == 302
    assert client.post(with_letter, REMOTE_ADDR=MONDAY).status_code != 429
    assert log_in(client, at=MONDAY) == 302


def test_many_networks_against_one_person_leave_the_others_alone(
    client: Client,
    colleague: User,  # noqa: F811 - the fixture
    chair: User,
    clock: Clock,  # noqa: F811 - the fixture
) -> None:
    answers = [log_in(Client(), password="wrong", at=at) for _, at in zip(range(700), strangers(), strict=False)]
    assert answers == [422] * 50 + [429] * 650
    assert Bucket.objects.count() == 50 + 50 + 1 + 1
    assert log_in(client, chair.email, "wrong", at=MONDAY) == 422


def test_no_network_alone_fills_a_target() -> None:
    for limit in LIMITS:
        if limit.share and limit.target:
            assert limit.target.at_once > 4 * limit.share.at_once
            assert limit.target.a_minute >= 4 * limit.share.a_minute


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: str(limit.what))
def test_each_limit_holds_at_each_of_its_addresses(db: None, limit: object) -> None:
    names = {name for name, _ in BY_ADDRESS}
    assert names <= set(named_addresses(get_resolver().url_patterns))


def test_what_strangers_have_made_for_them_is_limited() -> None:
    """Papers, archives and workbooks that everybody may have, save those that are read as they lie."""
    as_they_lie = {"decision_pdf", "issued_document", "signature_file"}
    ends = ("_pdf", "_docx", "_xlsx", "_copy", "_bundle", "_export", "_zip")
    made = {line.name for line in TABLE if line.get and line.get[0] == 200 and line.name.endswith(ends)}
    assert made - as_they_lie == {name for name, _ in BY_ADDRESS if name.endswith(ends)}


@pytest.mark.django_db
def test_files_are_verified_thirty_at_once_from_one_network(client: Client, clock: Clock) -> None:  # noqa: F811 - the fixture
    answers = [client.post("/verify/").status_code for _ in range(31)]
    assert answers == [422] * 30 + [429]
    assert client.get("/verify/").status_code == 200
    assert client.post("/verify/", REMOTE_ADDR="192.0.2.7").status_code == 422


@pytest.mark.django_db
def test_papers_that_are_not_there_count_too(client: Client, clock: Clock) -> None:  # noqa: F811 - the fixture
    address = reverse("execution_pdf", args=["nothing"])
    assert [client.get(address).status_code for _ in range(31)] == [404] * 30 + [429]


@pytest.mark.django_db
def test_the_report_of_many_days_is_read_sixty_times_at_once_from_one_network(client: Client, clock: Clock) -> None:  # noqa: F811 - the fixture
    address = reverse("execution", args=["nothing"])
    assert [client.get(address).status_code for _ in range(61)] == [404] * 60 + [429]
