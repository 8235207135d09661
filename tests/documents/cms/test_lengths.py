"""DER in which a length happens to end in 0x80 is no indefinite length: 0.8 % of certificates are like that."""

import pytest

from tests.documents.cms.containers import Signing, as_ber, container
from tests.documents.cms.forge import authority, person
from tests.documents.cms.table.row import case, root
from tests.documents.cms.test_table import check

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["p256", "gost256"])
def test_256_names_whose_lengths_cross_0x80(kind: str) -> None:
    top = root() if kind == "p256" else authority("Центр ГОСТ", kind)
    crossed = 0
    for size in range(1, 257):
        signer = person(top, kind, (("CN", "x" * size),))
        result = check(case(container(Signing(signer)), top))[0]
        assert (result.verdict.name, result.refusal) == ("CONFIRMED", ""), size
        assert result.certificate is not None
        assert (result.certificate.der, len(result.certificate.owner)) == (signer.der, size)
        crossed += any(mark in signer.der for mark in (b"\x81\x80", b"\x82\x01\x80", b"\x82\x02\x80"))
    assert crossed >= 3


def test_lengths_of_the_container_cross_0x80_too() -> None:
    """An attribute of every size from 0 to 255 moves every length around it across 0x80."""
    from tests.documents.cms import der
    from tests.documents.cms.containers import attribute

    signer = person(root())
    for size in range(256):
        content = container(Signing(signer, more=(attribute("1.2.643.9.9", der.octets(bytes(size))),)))
        for written in (content, as_ber(content)):
            assert check(case(written))[0].verdict.name == "CONFIRMED", size
