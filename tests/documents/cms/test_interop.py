"""Signatures made by the tools that people have: OpenSSL (RSA, ECDSA) and GnuTLS's certtool (GOST)."""

import datetime as dt
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.documents.cms import der
from tests.documents.cms.containers import DOCUMENT, TIME_STAMP, attribute, flipped
from tests.documents.cms.table.row import Case
from tests.documents.cms.test_table import check

pytestmark = pytest.mark.slow  # for the processes

SUBJECT = "/CN=Корягина Н.В./O=СГЦСЗР/1.2.643.100.3=12345678901"
CONFIGURATION = """
[req]
distinguished_name = name
string_mask = utf8only
utf8 = yes
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
extendedKeyUsage = clientAuth, emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""
OPENSSL_KEYS = {
    "rsa": ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
    "p256": ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
    "p384": ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"),
}
TEMPLATE = 'cn = "{name}"\norganization = "СГЦСЗР"\nexpiration_days = 400\nserial = {serial}\n'
AUTHORITY, PERSON = "ca\ncert_signing_key\ncrl_signing_key\n", "signing_key\n"


def run(*command: str, folder: Path) -> None:
    environment = {"PATH": "/usr/bin:/bin", "OPENSSL_CONF": os.devnull, "LC_ALL": "C.UTF-8"}
    answer = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=60)  # noqa: S603
    assert answer.returncode == 0, answer.stderr.decode(errors="replace")


def openssl_identity(
    folder: Path, name: str, kind: str, section: str, subject: str, by: str = "", more: str = ""
) -> None:
    """A key and a certificate in PEM and DER, by OpenSSL."""
    (folder / "configuration").write_text(CONFIGURATION + more, encoding="utf-8")
    run("openssl", "genpkey", *OPENSSL_KEYS[kind], "-out", f"{name}.key", folder=folder)
    new = ("-new", "-utf8", "-key", f"{name}.key", "-subj", subject, "-config", "configuration")
    issue = ("-days", "400", "-out", f"{name}.pem")
    if not by:
        run("openssl", "req", "-x509", *new, "-extensions", section, *issue, folder=folder)
    else:
        run("openssl", "req", *new, "-out", f"{name}.csr", folder=folder)
        signer = ("-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial", "-in", f"{name}.csr")
        extensions = ("-extfile", "configuration", "-extensions", section)
        run("openssl", "x509", "-req", *signer, *extensions, *issue, folder=folder)
    run("openssl", "x509", "-in", f"{name}.pem", "-outform", "DER", "-out", f"{name}.der", folder=folder)


@pytest.fixture(scope="module", params=OPENSSL_KEYS)
def by_openssl(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority, a person and a second one."""
    folder = tmp_path_factory.mktemp("openssl")
    (folder / "document").write_bytes(DOCUMENT)
    openssl_identity(folder, "authority", request.param, "authority", "/CN=Удостоверяющий центр")
    openssl_identity(folder, "person", request.param, "person", SUBJECT, "authority")
    openssl_identity(folder, "second", request.param, "person", "/CN=Второй В.В.", "authority")
    return folder


def signed_by_openssl(folder: Path, *options: str, form: str = "DER") -> Case:
    who = ("-signer", "person.pem", "-inkey", "person.key")
    files = ("-in", "document", "-out", "signature", "-outform", form)
    run("openssl", "cms", "-sign", "-binary", *who, *files, *options, folder=folder)
    now = dt.datetime.now(dt.UTC)
    return Case((folder / "signature").read_bytes(), ((folder / "authority.der").read_bytes(),), now=now)


SECOND = ("-signer", "second.pem", "-inkey", "second.key")
OPTIONS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "CAdES": ("-cades",),
    "SHA-512": ("-cades", "-md", "sha512"),
    "by key identifier": ("-cades", "-keyid"),
    "streamed in BER": ("-cades", "-indef"),
    "with its authority": ("-cades", "-certfile", "authority.pem"),
    "two signers": ("-cades", *SECOND),
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("form", ["DER", "PEM"])
def test_openssl_signs(by_openssl: Path, name: str, form: str) -> None:
    results = check(signed_by_openssl(by_openssl, *OPTIONS[name], form=form))
    assert [result.refusal for result in results] == [""] * len(results)
    owners = {result.certificate.owner for result in results if result.certificate}
    assert owners == ({"Корягина Н.В.", "Второй В.В."} if name == "two signers" else {"Корягина Н.В."})


@pytest.mark.parametrize("by_openssl", ["rsa"], indirect=True)
@pytest.mark.parametrize("salt", ["digest", "max", "auto", "0", "20"])
def test_openssl_signs_with_pss(by_openssl: Path, salt: str) -> None:
    options = ("-cades", "-keyopt", "rsa_padding_mode:pss", "-keyopt", f"rsa_pss_saltlen:{salt}")
    (result,) = check(signed_by_openssl(by_openssl, *options))
    assert (result.verdict.name, result.refusal) == ("CONFIRMED", "")


def test_openssl_signs_again(by_openssl: Path) -> None:
    """A second person adds a signature to the file of the first."""
    signed_by_openssl(by_openssl, "-cades")
    (by_openssl / "first").write_bytes((by_openssl / "signature").read_bytes())
    again = ("-resign", "-cades", "-binary", "-inform", "DER", "-outform", "DER", "-in", "first", "-out", "both")
    run("openssl", "cms", *again, *SECOND, folder=by_openssl)
    case = Case((by_openssl / "both").read_bytes(), ((by_openssl / "authority.der").read_bytes(),), now=None)
    assert [result.verdict.name for result in check(case)] == ["CONFIRMED"] * 2


TSA = """
[tsa]
default_tsa = own
[own]
serial = serial
default_policy = 1.2.643.2.2.38.4
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
signer_digest = sha256
[stamper]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
"""


@pytest.mark.parametrize("chain", [(), ("-chain", "authority.pem")], ids=["alone", "with its authority"])
def test_openssl_stamps(by_openssl: Path, chain: tuple[str, ...]) -> None:
    """A signature of OpenSSL, with a stamp of OpenSSL's time stamping authority among its unsigned attributes."""
    openssl_identity(by_openssl, "stamper", "p256", "stamper", "/CN=Служба меток", "authority", TSA)
    (by_openssl / "serial").write_text("01\n")
    signed = signed_by_openssl(by_openssl, "-cades")
    (by_openssl / "value").write_bytes(_value(signed.content))
    query = ("-query", "-data", "value", "-sha256", "-cert", "-out", "query", "-config", "configuration")
    run("openssl", "ts", *query, folder=by_openssl)
    who = ("-signer", "stamper.pem", "-inkey", "stamper.key", *chain)
    reply = ("-reply", "-queryfile", "query", "-token_out", "-out", "token", "-config", "configuration")
    run("openssl", "ts", *reply, *who, folder=by_openssl)
    stamped = _with(signed.content, (by_openssl / "token").read_bytes())
    (result,) = check(replace(signed, content=stamped, now=dt.datetime.now(dt.UTC)))
    assert (result.verdict.name, result.remarks) == ("CONFIRMED", ())
    assert result.stamped_at is not None


def _value(content: bytes) -> bytes:
    """The signature value of a container of one signer."""
    body = der.children(der.children(der.children(content)[1])[0])
    return der.content(der.children(der.children(body[-1])[0])[-1])


def _with(content: bytes, token: bytes) -> bytes:
    """A container of one signer, with a time stamp."""
    kind, body = der.children(content)
    *fields, signers = der.children(der.children(body)[0])
    outside = der.retagged(0xA1, der.set_of(attribute(TIME_STAMP, token)))
    info = der.seq(*der.children(der.children(signers)[0]), outside)
    return der.seq(kind, der.context(0, der.seq(*fields, der.set_of(info))))


# --- certtool ---


def certtool_identity(folder: Path, name: str, bits: int, what: str, serial: int, by: str = "") -> None:
    (folder / f"{name}.template").write_text(TEMPLATE.format(name=name, serial=serial) + what, encoding="utf-8")
    run("certtool", "--generate-privkey", "--key-type", f"gost12-{bits}", "--outfile", f"{name}.key", folder=folder)
    files = ("--load-privkey", f"{name}.key", "--template", f"{name}.template", "--outfile", f"{name}.pem")
    how = ("--generate-self-signed",)
    if by:
        how = ("--generate-certificate", "--load-ca-certificate", f"{by}.pem", "--load-ca-privkey", f"{by}.key")  # type: ignore[assignment]
    run("certtool", *how, *files, folder=folder)
    run("certtool", "-i", "--infile", f"{name}.pem", "--outder", "--outfile", f"{name}.der", folder=folder)


@pytest.fixture(scope="module", params=[256, 512])
def by_certtool(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certtool")
    (folder / "document").write_bytes(DOCUMENT)
    certtool_identity(folder, "Центр", request.param, AUTHORITY, 1)
    certtool_identity(folder, "Подписант", request.param, PERSON, 2, "Центр")
    return folder


def signed_by_certtool(folder: Path, *options: str) -> Case:
    files = ("--infile", "document", "--outfile", "signature")
    who = ("--load-privkey", "Подписант.key", "--load-certificate", "Подписант.pem")
    run("certtool", "--p7-detached-sign", *who, *files, *options, folder=folder)
    return Case((folder / "signature").read_bytes(), ((folder / "Центр.der").read_bytes(),), now=None)


@pytest.mark.parametrize("options", [("--p7-time",), ("--p7-time", "--outder")], ids=["PEM", "DER"])
def test_certtool_signs(by_certtool: Path, options: tuple[str, ...]) -> None:
    (result,) = check(signed_by_certtool(by_certtool, *options))
    assert (result.verdict.name, result.refusal) == ("CONFIRMED", "")
    assert result.certificate is not None
    assert (result.certificate.owner, result.certificate.organisation) == ("Подписант", "СГЦСЗР")


def test_certtool_signs_another_file(by_certtool: Path) -> None:
    case = signed_by_certtool(by_certtool, "--p7-time", "--outder")
    (result,) = check(Case(case.content, case.authorities, document=flipped(DOCUMENT), now=None))
    assert "для другого файла" in result.refusal
