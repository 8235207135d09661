"""Every row of the table, asked of the portal and, where it can tell, of OpenSSL."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from documents.cms import SignatureCheck, SignatureRefused, Trust, check_signatures
from tests.documents.cms.kit import pem
from tests.documents.cms.table import ROWS
from tests.documents.cms.table.row import Case, Expected, Row

SENTENCE_ENDS = (".", ")", "»")


def check(case: Case) -> tuple[SignatureCheck, ...]:
    trust = Trust(case.authorities, case.time_authorities, case.revocations)
    return check_signatures(case.content, case.document, trust, now=case.now, issued_at=case.issued_at)


def missing(words: Iterable[str], text: str) -> list[str]:
    """Which of the words a sentence lacks; alternatives stand between `|`."""
    return [word for word in words if not any(each in text.lower() for each in word.split("|"))]


def fact(result: SignatureCheck, name: str) -> Any:
    """An attribute of the result or of its certificate, or whether revocation is among what was not checked."""
    if name == "revocation_checked":
        return not any("отзыв сертификата" in each for each in result.not_checked)
    return getattr(result if hasattr(result, name) else result.certificate, name)


def assert_expected(result: SignatureCheck, expected: Expected) -> None:
    assert expected.verdict in {"", result.verdict.name}, result.refusal
    assert bool(result.refusal) == (result.verdict.name == "REFUSED")
    assert not missing(expected.words, result.refusal), result.refusal
    assert not missing(expected.remarks, " ".join(result.remarks)), result.remarks
    assert {name: fact(result, name) for name in expected.facts} == expected.facts


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ROWS])
def test_row(row: Row) -> None:
    case = row.build()
    if row.signers:
        results = handled(case) if any(not each.verdict for each in row.signers) else check(case)
        assert len(results) in {len(row.signers), 0 if not row.signers[0].verdict else -1}
        for result, expected in zip(results, row.signers, strict=False):
            assert_expected(result, expected)
        return
    with pytest.raises(SignatureRefused) as refused:
        check(case)
    assert not missing(row.whole, str(refused.value)), str(refused.value)


def handled(case: Case) -> tuple[SignatureCheck, ...]:
    """The results; none when the file as a whole is refused with a sentence."""
    try:
        return check(case)
    except SignatureRefused as refused:
        assert str(refused).endswith(SENTENCE_ENDS)
        return ()


@pytest.mark.slow  # for the process of each row
@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ROWS if row.asks_openssl])
def test_openssl_agrees(row: Row, tmp_path: Path) -> None:
    accepted, complaint = openssl_accepts(row.build(), tmp_path)
    assert accepted == row.is_good, complaint


def openssl_accepts(case: Case, folder: Path) -> tuple[bool, str]:
    """What `openssl cms -verify -cades -binary` says, at the moment of the case."""
    files = {"signature": case.content, "document": case.document, "trusted": b"".join(map(pem, case.authorities))}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", str(folder / "signature")]
    command += ["-content", str(folder / "document"), "-CAfile", str(folder / "trusted"), "-no-CApath", "-no-CAstore"]
    command += ["-partial_chain", "-auth_level", "2", "-out", os.devnull]
    command += ["-attime", str(int(case.now.timestamp()))] if case.now else []
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    return answer.returncode == 0, answer.stderr


def test_names_of_rows_are_unique() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
