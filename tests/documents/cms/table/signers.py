"""Several signers in one file, and counter-signatures."""

from functools import partial

from tests.documents.cms import der
from tests.documents.cms.containers import (
    COUNTER_SIGNATURE,
    Signing,
    attribute,
    container,
    counter_signature,
    flipped,
    message_digest,
)
from tests.documents.cms.forge import PERSON, Party, authority, person
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
    root,
    row,
    signed,
    signer,
    whole,
)

FIRST, SECOND = good(owner="Корягина Н.В."), good(owner="Второй В.В.")
DAMAGED = bad("значение подписи")


def second(kind: str = "p256") -> Party:
    return person(root(), kind, (("CN", "Второй В.В."),), key_name="second")


def two(first: Signing | None = None, last: Signing | None = None) -> Case:
    return case(container(first or Signing(signer()), last or Signing(second())))


def many(count: int) -> Case:
    people = [person(root(), subject=(("CN", f"Подписант {number}"),), key_name=f"{number}") for number in range(count)]
    return case(container(*map(Signing, people)))


def mixed() -> Case:
    """RSA and GOST, of authorities of their own."""
    top = authority("Центр ГОСТ", "gost256")
    return case(container(Signing(person(root(), "rsa")), Signing(person(top, "gost512"))), root(), top)


def stranger() -> Party:
    return person(authority("Чужой центр"), subject=(("CN", "Чужой Ч.Ч."),), key_name="stranger")


def countered(by: Party, along: tuple[Party, ...] = (), **options: object) -> Case:
    """A signature that somebody signed in turn."""
    return signed(unsigned=(counter_signature(by, **options),), along=(by, *along))


def counter_of_another_value() -> Case:
    false = Signing(second(), b"another value", attributes=(message_digest(b"another value"),))
    return signed(unsigned=(lambda _: attribute(COUNTER_SIGNATURE, false.info()),), along=(second(),))


def garbage_outside() -> Case:
    return signed(unsigned=(lambda _: attribute("1.2.643.9.1", der.seq(der.octets(bytes(50)))),))


ROWS: list[Row] = [
    row("two signers", two, FIRST, SECOND),
    row("two signers with different digests", lambda: two(last=Signing(second(), digest="sha512")), FIRST, SECOND),
    row("two signers in the other order", lambda: two(Signing(second()), Signing(signer())), SECOND, FIRST),
    row("RSA and GOST", mixed, good(), good(), why_not=GOST),
    row("the first bad", lambda: two(Signing(signer(), spoil=flipped)), DAMAGED, SECOND),
    row("the last bad", lambda: two(last=Signing(second(), spoil=flipped)), FIRST, DAMAGED),
    row(
        "both bad",
        lambda: two(Signing(signer(), spoil=flipped), Signing(second(), document=b"another")),
        DAMAGED,
        bad("для другого файла"),
    ),
    row("the last of an unknown authority", lambda: two(last=Signing(stranger())), FIRST, bad("не известен")),
    row("the first of an unknown authority", lambda: two(Signing(stranger())), bad("не известен"), SECOND),
    row(
        "the last by an unknown algorithm",
        lambda: two(last=Signing(second(), digest_algorithm=der.seq(der.oid("1.2.3.4.5")))),
        FIRST,
        bad("портал не знает"),
    ),
    row(
        "the last without attributes",
        lambda: two(last=Signing(second(), attributes=())),
        FIRST,
        bad("нет подписанных атрибутов"),
        why_not=PORTAL,
    ),
    row(
        "the last with an attribute twice",
        lambda: two(last=Signing(second(), more=(message_digest(),))),
        FIRST,
        bad("повторяется"),
    ),
    row("the same signer twice", lambda: two(last=Signing(signer())), FIRST, FIRST),
    row("16 signers", partial(many, 16), *(good(owner=f"Подписант {number}") for number in range(16))),
    whole("17 signers", partial(many, 17), "больше 16 подпис", why_not=PORTAL),
    row("a counter-signature", lambda: countered(second()), good(counter_signers=("Второй В.В.",))),
    row(
        "two counter-signatures",
        lambda: signed(
            unsigned=(
                counter_signature(second()),
                counter_signature(person(root(), subject=PERSON[:1], key_name="third")),
            ),
            along=(second(), person(root(), subject=PERSON[:1], key_name="third")),
        ),
        good(counter_signers=("Второй В.В.", "Корягина Н.В.")),
    ),
    row("a damaged counter-signature", lambda: countered(second(), spoil=flipped), good(counter_signers=())),
    row("a counter-signature of another value", counter_of_another_value, good(counter_signers=())),
    row("a counter-signature of a stranger", lambda: countered(stranger()), handled(), why_not=LENIENT),
    row("no counter-signature", signed, good(counter_signers=())),
    row(
        "a counter-signature that is none",
        lambda: signed(unsigned=(lambda _: attribute(COUNTER_SIGNATURE, der.null()),)),
        good(counter_signers=()),
    ),
    row("unknown unsigned attribute", garbage_outside, good()),
]
