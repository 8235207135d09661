"""Is this signature of this document, by somebody an authority of ours vouches for?

The structure is read by `documents.cms.container`; the cryptography is OpenSSL's, with Debian's GOST engine. What is
not checked here, and said so: revocation, time stamps, accreditation of the authority.
"""

import datetime as dt
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from asn1crypto import pem

from documents.cms.container import Certificate, Container, SignatureRefused, read_container

OPENSSL = "/usr/bin/openssl"
GOST_CONFIGURATION = Path(__file__).with_name("openssl.cnf")
TIMEOUT = 20  # seconds; a check takes milliseconds
CLOCKS_DIFFER = dt.timedelta(minutes=5)

# What OpenSSL says -> what people read. The first that matches counts.
_SENTENCES = [
    (r"certificate has expired", "Срок действия сертификата или его удостоверяющего центра истёк к моменту подписи."),
    (r"certificate is not yet valid", "Сертификат или его удостоверяющий центр к моменту подписи ещё не действовал."),
    (r"invalid CA certificate|invalid purpose|key usage", "Сертификат выдан тем, кто не вправе выдавать сертификаты."),
    (r"path length", "Сертификат выдан тем, кто не вправе выдавать сертификаты."),
    (r"certificate signature failure", "Сертификат не подписан тем удостоверяющим центром, который в нём назван."),
    (
        r"unable to get (local )?issuer|self.signed|unable to verify the first|certificate not trusted",
        "Сертификат выдан удостоверяющим центром, которого нет среди доверенных.",
    ),
    (r"certificate verify error", "Цепочка сертификатов не подтверждается доверенными удостоверяющими центрами."),
    (r"verification failure|digest|content verify", "Подпись сделана для другого файла, или документ изменён."),
]
_UNCONFIRMED = "Подпись не подтверждается: файл подписи изменён или повреждён."


@dataclass(frozen=True)
class SignatureCheck:
    """What was found out about a signature that was not refused.

    Attributes:
        is_verified: False when the machine has no GOST engine: attached, not verified, never «действительна».
        certificate: of the signer.
        digest: name of the digest algorithm.
        signed_at: what the signer says of the time; no time stamp confirms it.
        checked_at: when the portal checked.
    """

    is_verified: bool
    certificate: Certificate
    digest: str
    signed_at: dt.datetime | None
    checked_at: dt.datetime

    NOT_CHECKED = (
        "отзыв сертификата",
        "метка времени",
        "аккредитация удостоверяющего центра",
    )


def check_signature(
    content: bytes, document: bytes, authorities: Sequence[bytes], *, now: dt.datetime | None = None
) -> SignatureCheck:
    """Check a detached signature of a document.

    Args:
        content: the .sig file.
        document: the bytes that were signed, exactly.
        authorities: trusted certificates in DER, roots and intermediates; no others count.
        now: the moment of the check; the present without it.

    Returns:
        The result. Verified means: these bytes, this certificate, a chain up to a trusted authority, all valid at the
        time that the signer names (the moment of the check when none is named).

    Raises:
        SignatureRefused: it is no acceptable signature of this document; the message says why, in Russian.
    """
    now = now or dt.datetime.now(dt.UTC)
    container = read_container(content)
    moment = container.signed_at or now
    _check_times(container.certificate, moment, now)
    if container.needs_gost and not gost_is_available():
        return _result(container, now, is_verified=False)
    _ask_openssl(container, document, authorities, moment)
    return _result(container, now, is_verified=True)


def _result(container: Container, now: dt.datetime, *, is_verified: bool) -> SignatureCheck:
    return SignatureCheck(is_verified, container.certificate, container.digest, container.signed_at, now)


def _check_times(certificate: Certificate, moment: dt.datetime, now: dt.datetime) -> None:
    if moment > now + CLOCKS_DIFFER:
        raise SignatureRefused("Время подписи ещё не наступило: проверьте часы компьютера, на котором подписывали.")
    if moment < certificate.not_before:
        raise SignatureRefused("Сертификат к моменту подписи ещё не действовал.")
    if moment > certificate.not_after:
        raise SignatureRefused("Срок действия сертификата к моменту подписи истёк.")


def _ask_openssl(container: Container, document: bytes, authorities: Sequence[bytes], moment: dt.datetime) -> None:
    """Let OpenSSL verify signature and chain.

    Raises:
        SignatureRefused: it does not.
    """
    with tempfile.TemporaryDirectory(prefix="portal-cms-") as folder:
        signature, signed, trusted = (Path(folder) / name for name in ("document.sig", "document", "trusted.pem"))
        signature.write_bytes(container.der)
        signed.write_bytes(document)
        trusted.write_text("".join(_pem(der) for der in authorities), encoding="ascii")
        arguments = ["cms", "-verify", "-binary", "-inform", "DER", "-in", str(signature), "-content", str(signed)]
        arguments += ["-CAfile", str(trusted), "-no-CApath", "-no-CAstore", "-purpose", "any"]
        arguments += ["-attime", str(int(moment.timestamp())), "-out", os.devnull]
        answer = _openssl(arguments)
    if answer.returncode != 0:
        if not authorities:
            raise SignatureRefused("В портале пока нет ни одного доверенного удостоверяющего центра.")
        raise SignatureRefused(_sentence(answer.stderr))


def _sentence(complaint: str) -> str:
    """OpenSSL's complaint in words to act on."""
    for pattern, sentence in _SENTENCES:
        if re.search(pattern, complaint, re.IGNORECASE):
            return sentence
    return _UNCONFIRMED


def _openssl(arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    environment["OPENSSL_CONF"] = str(GOST_CONFIGURATION) if gost_is_available() else os.devnull
    return _run(arguments, environment)


@cache
def gost_is_available() -> bool:
    """Whether this machine's OpenSSL has the GOST engine (Debian: libengine-gost-openssl). Asked once a process."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "OPENSSL_CONF": os.devnull}
    return _run(["engine", "gost"], environment).returncode == 0


def _run(arguments: Sequence[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - fixed program, arguments of our own, no shell
        [OPENSSL, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=TIMEOUT,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def _pem(der: bytes) -> str:
    return bytes(pem.armor("CERTIFICATE", der)).decode("ascii")
