"""The QR code of an issued document: a requisite of its own since ГОСТ Р 7.0.97-2025."""

from dataclasses import dataclass

import segno

from documents.verification import Verification


@dataclass(frozen=True)
class QrCode:
    """A QR code ready for `documents/_qr.html`, which draws it as inline SVG.

    Attributes:
        verification: what the code leads to; printed beside it.
        modules: width and height of the symbol in modules, without a quiet zone (the paper around it is white).
        path: the dark modules as the data of an SVG path, one unit a module.
        title: alternative text for those who cannot see it.
    """

    verification: Verification
    modules: int
    path: str
    title: str


def qr_code(verification: Verification) -> QrCode:
    """The code that takes a phone's camera to the page about a document.

    Args:
        verification: handed to the builder of a document by `documents.issuing.issue`.

    Returns:
        The symbol, with the error correction «M» (15 % of it may be damaged).
    """
    symbol = segno.make_qr(verification.url, error="m", boost_error=False)
    return QrCode(
        verification=verification,
        modules=len(symbol.matrix),
        path="".join(_dark_runs(symbol)),
        title=f"QR-код: проверка подлинности документа {verification.code} по адресу {verification.url}",
    )


def _dark_runs(symbol: segno.QRCode) -> list[str]:
    """Each run of dark modules in a row as a rectangle: fewer edges, so no hairlines inside a run."""
    runs = []
    for y, row in enumerate(symbol.matrix):
        start: int | None = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1H{start}z")
                start = None
    return runs
