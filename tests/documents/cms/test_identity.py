"""The same signature is the same whatever is wrapped around it, and another is another."""

import base64
import datetime as dt
from collections.abc import Callable

import pytest

from tests.documents.cms import der
from tests.documents.cms.containers import (
    SIGNED_AT,
    Signing,
    as_ber,
    attribute,
    container,
    counter_signature,
    signed_data,
)
from tests.documents.cms.forge import Party, authority, person
from tests.documents.cms.stamps import Stamp, stamper
from tests.documents.cms.table.row import case, root, signer
from tests.documents.cms.test_table import check


def identity(content: bytes, *, number: int = 0) -> str:
    return check(case(content))[number].identity


INFO = Signing(signer()).info()
PLAIN = signed_data([INFO], [signer().der])
OTHER_COATS: dict[str, Callable[[], bytes]] = {
    "base64": lambda: base64.encodebytes(PLAIN),
    "armoured": lambda: b"-----BEGIN CMS-----\n" + base64.encodebytes(PLAIN) + b"-----END CMS-----\n",
    "BER": lambda: as_ber(PLAIN),
    "more certificates": lambda: signed_data([INFO], [authority("Ещё").der, signer().der, root().der]),
    "another version": lambda: signed_data([INFO], [signer().der], version=3),
    "a co-signer": lambda: signed_data([INFO, Signing(person(root(), key_name="co")).info()], [signer().der]),
    "attributes besides": lambda: signed_data([_with_more_outside()], [signer().der]),
}


def _with_more_outside() -> bytes:
    parts = der.children(INFO)
    value = der.content(parts[-1])
    more = (Stamp(stamper(root())), counter_signature(person(root(), key_name="second")))
    return der.seq(
        *parts, der.retagged(0xA1, der.set_of(*(each(value) for each in more), attribute("1.2.3", der.null())))
    )


@pytest.mark.parametrize("name", OTHER_COATS)
def test_another_coat_is_the_same_signature(name: str) -> None:
    assert identity(OTHER_COATS[name]()) == identity(PLAIN) != ""


def test_attributes_in_another_order_are_the_same_signature() -> None:
    attributes = tuple(sorted(Signing(signer()).signed_attributes(), reverse=True))
    unsorted = Signing(signer(), attributes=attributes, ordered=False)
    assert identity(container(unsorted)) == identity(PLAIN)


OTHERS: dict[str, Callable[[], Signing]] = {
    "somebody else": lambda: Signing(person(root(), key_name="second")),
    "another certificate of the key": lambda: Signing(_twin()),
    "another time": lambda: Signing(signer(), claimed=SIGNED_AT + dt.timedelta(seconds=1)),
    "another digest": lambda: Signing(signer(), digest="sha512"),
}


def _twin() -> Party:
    return person(root(), subject=(("CN", "Та же с другим сертификатом"),))


@pytest.mark.parametrize("name", OTHERS)
def test_another_signature_is_another(name: str) -> None:
    assert identity(container(OTHERS[name]())) not in {identity(PLAIN), ""}


def test_two_signers_of_a_file_are_two() -> None:
    both = container(Signing(signer()), Signing(person(root(), key_name="second")))
    assert len({identity(both), identity(both, number=1)}) == 2
