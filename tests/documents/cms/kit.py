"""Authorities, certificates and signatures for tests, made by OpenSSL with the GOST engine."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from documents.cms.checking import GOST_CONFIGURATION, OPENSSL

KEYS = {
    "gost256": (["-algorithm", "gost2012_256", "-pkeyopt", "paramset:A"], "md_gost12_256"),
    "gost512": (["-algorithm", "gost2012_512", "-pkeyopt", "paramset:A"], "md_gost12_512"),
    "rsa": (["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "sha256"),
    "ecdsa": (["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "sha256"),
}
SUBJECT = "/CN=Корягина Н.В./O=СГЦСЗР/1.2.643.100.3=12345678901/1.2.643.3.131.1.1=123456789012"
EXTENSIONS = """
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[person]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
"""


@dataclass(frozen=True)
class Identity:
    """A key and its certificate, as files."""

    kind: str
    key: Path
    certificate: Path

    @property
    def der(self) -> bytes:
        return openssl("x509", "-in", str(self.certificate), "-outform", "DER", folder=self.key.parent)


def openssl(*arguments: str, folder: Path) -> bytes:
    """Run OpenSSL; what it prints. Fails the test with its complaint."""
    configuration = folder / "openssl.cnf"
    if not configuration.exists():
        configuration.write_text(GOST_CONFIGURATION.read_text(encoding="utf-8") + EXTENSIONS, encoding="utf-8")
    environment = {"OPENSSL_CONF": str(configuration), "PATH": "/usr/bin:/bin"}
    result = subprocess.run([OPENSSL, *arguments], env=environment, capture_output=True, check=False)  # noqa: S603
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout


def issue(
    folder: Path,
    name: str,
    kind: str = "gost256",
    *,
    by: Identity | None = None,
    section: str = "person",
    subject: str = SUBJECT,
    valid: tuple[str, str] = ("20240101000000Z", "20990101000000Z"),
    digest: str = "",
) -> Identity:
    """A new key with a certificate: self-signed, or signed by somebody."""
    options, usual_digest = KEYS[kind]
    key, request, certificate = (folder / f"{name}.{ending}" for ending in ("key", "csr", "pem"))
    openssl("genpkey", *options, "-out", str(key), folder=folder)
    md = f"-{digest or KEYS[by.kind][1] if by else usual_digest}"
    config = ["-config", str(folder / "openssl.cnf")]
    openssl(
        "req", "-new", "-utf8", "-key", str(key), "-subj", subject, f"-{usual_digest}", "-out", str(request), *config,
        folder=folder,
    )  # fmt: skip
    signer = by or Identity(kind, key, certificate)
    (folder / f"{name}.index").write_text("")
    (folder / f"{name}.serial").write_text(f"{abs(hash(name)) % 10**8 + 16:08X}\n")
    settings = folder / f"{name}.cnf"
    settings.write_text(
        (folder / "openssl.cnf").read_text(encoding="utf-8")
        + f"\n[ca]\ndefault_ca = own\n[own]\ndatabase = {folder}/{name}.index\nserial = {folder}/{name}.serial\n"
        + f"new_certs_dir = {folder}\npolicy = any\nunique_subject = no\n[any]\ncommonName = supplied\n"
        + "organizationName = optional\n1.2.643.100.3 = optional\n1.2.643.3.131.1.1 = optional\n",
        encoding="utf-8",
    )
    chain = ["-cert", str(signer.certificate)] if by else ["-selfsign"]
    openssl(
        "ca", "-batch", "-notext", "-utf8", "-config", str(settings), "-in", str(request), "-keyfile", str(signer.key),
        *chain, "-md", md[1:], "-startdate", valid[0], "-enddate", valid[1], "-extensions", section,
        "-out", str(certificate),
        folder=folder,
    )  # fmt: skip
    return Identity(kind, key, certificate)


def sign(person: Identity, document: bytes, *options: str, digest: str = "") -> bytes:
    """A detached CAdES-BES signature in DER; options are added to OpenSSL's."""
    folder = person.key.parent
    (folder / "document").write_bytes(document)
    return openssl(
        "cms", "-sign", "-binary", "-outform", "DER", "-md", digest or KEYS[person.kind][1], "-signer",
        str(person.certificate), "-inkey", str(person.key), "-in", str(folder / "document"), *options,
        folder=folder,
    )  # fmt: skip
