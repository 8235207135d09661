"""Authorities, people and signatures of today, for tests of the portal around the check: made by the forge."""

import base64
import datetime as dt
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.documents.cms import der
from tests.documents.cms.containers import Signing, container
from tests.documents.cms.forge import NAMES, OF_AUTHORITY, OF_PERSON, Form, Party, certificate, name, subject_key
from tests.documents.cms.keys import key

KINDS = {"gost256": "gost256", "gost512": "gost512", "rsa": "rsa", "ecdsa": "p256"}
SUBJECT = "/CN=Корягина Н.В./O=СГЦСЗР/1.2.643.100.3=12345678901/1.2.643.3.131.1.1=123456789012"
SECTIONS = {"authority": OF_AUTHORITY, "person": OF_PERSON}


@dataclass(frozen=True)
class Identity:
    """A key and its certificate; the certificate is a PEM file too."""

    kind: str
    party: Party
    certificate: Path

    @property
    def der(self) -> bytes:
        return self.party.der


def pem(certificate_der: bytes) -> bytes:
    """A certificate as a PEM file holds it."""
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(certificate_der) + b"-----END CERTIFICATE-----\n"


def issue(
    folder: Path,
    file_name: str,
    kind: str = "gost256",
    *,
    by: Identity | None = None,
    section: str = "person",
    subject: str = SUBJECT,
    valid: tuple[str, str] = ("20240101000000Z", "20990101000000Z"),
    digest: str = "",
) -> Identity:
    """A new key with a certificate: self-signed, or signed by somebody. The subject is written as OpenSSL does it."""
    of = key(KINDS[kind], f"{folder}/{file_name}")
    dates = [der.time(dt.datetime.strptime(f"{each}+0000", "%Y%m%d%H%M%SZ%z")) for each in valid]
    extensions = (*SECTIONS[section], subject_key(of))
    form = Form(dates=(dates[0], dates[1]), extensions=extensions, digest=digest)
    made = certificate(of, _name_of(subject), by.party if by else None, form)
    path = folder / f"{file_name}.pem"
    path.write_bytes(pem(made.der))
    return Identity(kind, made, path)


def _name_of(subject: str) -> bytes:
    parts = (part.split("=", 1) for part in subject.removeprefix("/").split("/"))
    return name(*((NAMES.get(kind, kind), value) for kind, value in parts))


def sign(person: Identity, document: bytes, **changes: Any) -> bytes:
    """A detached CAdES-BES signature in DER, made now; changes are those of `Signing`."""
    changes = {"claimed": dt.datetime.now(dt.UTC), **changes}
    return container(Signing(person.party, document, **changes))


def verify_outside(signature: Path, document: Path, authority: Identity) -> None:
    """Let GnuTLS's certtool verify a signature. Fails the test with its complaint."""
    command = ["certtool", "--p7-verify", "--inder", "--infile", str(signature), "--load-data", str(document)]
    command += ["--load-ca-certificate", str(authority.certificate)]
    result = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603
    assert result.returncode == 0, result.stderr.decode()
