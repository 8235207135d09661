"""Reading a .sig file: its structure, its signer, its certificate. OpenSSL alone is too lenient about structure.

Keys stay undecoded: asn1crypto fails on those of GOST, and OpenSSL does the cryptography anyway.
"""

import base64
import binascii
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, core, pem, x509

MAX_BYTES = 1024 * 1024

# Digest algorithms that count; SHA-1 and MD5 do not, and neither does GOST R 34.11-94.
DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
    "1.2.643.7.1.1.2.2": "ГОСТ Р 34.11-2012, 256 бит",
    "1.2.643.7.1.1.2.3": "ГОСТ Р 34.11-2012, 512 бит",
}
GOST_ARC = "1.2.643."
WEAK_CERTIFICATE_SIGNATURES = {
    "1.2.840.113549.1.1.4",  # MD5 with RSA
    "1.2.840.113549.1.1.5",  # SHA-1 with RSA
    "1.2.840.10045.4.1",  # SHA-1 with ECDSA
    "1.2.643.2.2.3",  # GOST R 34.10-2001
}

# Attributes of Russian certificates: приказ ФСБ России от 27.12.2011 № 795.
SNILS, INN_OF_PERSON, INN_OF_ORGANISATION, OGRN = (
    "1.2.643.100.3",
    "1.2.643.3.131.1.1",
    "1.2.643.100.4",
    "1.2.643.100.1",
)


_PEM = re.compile(rb"\s*-----BEGIN (?P<label>[A-Z0-9 ]+)-----(?P<base64>[^-]*)-----END (?P=label)-----\s*")


class SignatureRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The file is no signature that the portal accepts; the message says why, in Russian."""


@dataclass(frozen=True)
class Certificate:
    """What a certificate says about itself.

    Attributes:
        der: the certificate as it stands in the container.
        owner: common name of the subject.
        organisation: organisation of the subject; may be empty.
        issuer: common name of the authority.
        serial: serial number, hexadecimal.
        not_before: beginning of validity.
        not_after: end of validity.
        snils: СНИЛС of the owner; may be empty.
        inn: ИНН of the person or organisation; may be empty.
    """

    der: bytes
    owner: str
    organisation: str
    issuer: str
    serial: str
    not_before: dt.datetime
    not_after: dt.datetime
    snils: str
    inn: str


@dataclass(frozen=True)
class Container:
    """A detached signature by one signer.

    Attributes:
        der: the container, without base64 around it.
        certificate: the signer's.
        digest: name of the digest algorithm.
        signed_at: what the signer says of the time; None when the container does not say.
        needs_gost: whether checking it takes the GOST engine.
    """

    der: bytes
    certificate: Certificate
    digest: str
    signed_at: dt.datetime | None
    needs_gost: bool


def read_container(content: bytes) -> Container:
    """Read a .sig file and refuse what is not a plain detached signature of one signer.

    Args:
        content: the file: DER, PEM or bare base64.

    Returns:
        What the container holds. Nothing has been verified yet.

    Raises:
        SignatureRefused: the file is something else, or its signature is of a kind that proves nothing.
    """
    if not content:
        raise SignatureRefused("Файл подписи пуст.")
    if len(content) > MAX_BYTES:
        raise SignatureRefused("Файл больше 1 МБ: отсоединённая подпись столько не занимает.")
    der = _to_der(content)
    try:
        return _read(der)
    except SignatureRefused:
        raise
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, AttributeError, IndexError) as broken:
        raise SignatureRefused("Это не файл электронной подписи (.sig), или он повреждён.") from broken


def read_certificate(der: bytes) -> Certificate:
    """Read a certificate.

    Args:
        der: the certificate in DER.

    Returns:
        What it says.

    Raises:
        ValueError: it is no certificate.
    """
    try:
        certificate = x509.Certificate.load(der, strict=True)
        return _described(certificate, der)
    except (TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError) as broken:
        raise ValueError("This is no X.509 certificate.") from broken


def _described(certificate: x509.Certificate, der: bytes) -> Certificate:
    subject, issuer = _names(certificate.subject), _names(certificate.issuer)
    validity = certificate["tbs_certificate"]["validity"]
    return Certificate(
        der=der,
        owner=subject.get("2.5.4.3", ""),
        organisation=subject.get("2.5.4.10", ""),
        issuer=issuer.get("2.5.4.3", "") or issuer.get("2.5.4.10", ""),
        serial=f"{certificate.serial_number:X}",
        not_before=validity["not_before"].native,
        not_after=validity["not_after"].native,
        snils=subject.get(SNILS, ""),
        inn=subject.get(INN_OF_PERSON, "") or subject.get(INN_OF_ORGANISATION, ""),
    )


def certificate_to_der(content: bytes) -> bytes:
    """The certificate of a PEM or DER file.

    Args:
        content: the file.

    Returns:
        The certificate in DER.

    Raises:
        ValueError: the file holds something else.
    """
    if pem.detect(content):
        kind, _, content = pem.unarmor(content)
        if kind != "CERTIFICATE":
            raise ValueError("This PEM file holds no certificate.")
    read_certificate(content)
    return content


def _to_der(content: bytes) -> bytes:
    if content[:1] == b"\x30":
        return content
    armored = _PEM.fullmatch(content)
    if armored is None and b"-----END" in content:
        raise SignatureRefused("Вокруг подписи в файле есть лишние данные.")
    try:
        return base64.b64decode(re.sub(rb"\s+", b"", armored["base64"] if armored else content), validate=True)
    except (ValueError, TypeError, binascii.Error) as broken:
        raise SignatureRefused("Это не файл электронной подписи (.sig), или он повреждён.") from broken


def _read(der: bytes) -> Container:
    info = cms.ContentInfo.load(der)
    kind, signed = info["content_type"].native, info["content"]
    if kind != "signed_data":
        raise SignatureRefused("В файле нет подписи: это другой контейнер CMS.")
    if len(info.dump()) < len(der):
        raise SignatureRefused("После подписи в файле есть лишние данные.")
    if signed["encap_content_info"]["content_type"].native != "data":
        raise SignatureRefused("Подписан не файл документа, а данные другого вида.")
    if signed["encap_content_info"]["content"].native is not None:
        raise SignatureRefused("Подпись присоединённая. Нужна отсоединённая: отдельный файл рядом с документом.")
    signers = signed["signer_infos"]
    if len(signers) != 1:
        raise SignatureRefused(
            "В файле нет подписавшего."
            if not len(signers)
            else "В файле несколько подписей: приложите каждую отдельно."
        )
    signer = signers[0]
    digest = DIGESTS.get(signer["digest_algorithm"]["algorithm"].dotted)
    if digest is None:
        raise SignatureRefused("Подпись сделана с устаревшим алгоритмом хеширования: такая подпись не доказательна.")
    attributes = _signed_attributes(signer)
    certificate = _signer_certificate(signed, signer)
    return Container(
        der=der,
        certificate=read_certificate(certificate.dump()),
        digest=digest,
        signed_at=attributes.get("signing_time"),
        needs_gost=_uses_gost(signer),
    )


def _signed_attributes(signer: Any) -> dict[str, Any]:
    """The attributes under the signature, of which two are obligatory (RFC 5652, 5.3)."""
    attributes = {}
    for attribute in _present(signer["signed_attrs"]):
        if len(attribute["values"]) == 1:
            attributes[attribute["type"].native] = attribute["values"][0].native
    if "message_digest" not in attributes or attributes.get("content_type") != "data":
        raise SignatureRefused("В подписи нет подписанных атрибутов: она не связана с документом как положено.")
    return attributes


def _signer_certificate(signed: Any, signer: Any) -> x509.Certificate:
    """The certificate that the signer names, out of those in the container."""
    name = signer["sid"].chosen
    for choice in _present(signed["certificates"]):
        certificate = choice.chosen
        if not isinstance(certificate, x509.Certificate):
            continue
        if signer["sid"].name == "subject_key_identifier":
            matches = certificate.key_identifier == name.native
        else:
            matches = certificate.issuer == name["issuer"] and certificate.serial_number == name["serial_number"].native
        if matches:
            if certificate["signature_algorithm"]["algorithm"].dotted in WEAK_CERTIFICATE_SIGNATURES:
                raise SignatureRefused("Сертификат выдан с устаревшим алгоритмом подписи: ему нельзя доверять.")
            return certificate
    raise SignatureRefused("В файле нет сертификата подписавшего: сохраните подпись вместе с сертификатом.")


def _uses_gost(signer: Any) -> bool:
    algorithms = (signer["digest_algorithm"]["algorithm"].dotted, signer["signature_algorithm"]["algorithm"].dotted)
    return any(algorithm.startswith(GOST_ARC) for algorithm in algorithms)


def _present(field: Any) -> Any:
    """The items of an optional field; `.native` would decode GOST keys, which fails."""
    return () if isinstance(field, core.Void) else field


def _names(name: x509.Name) -> dict[str, str]:
    """The parts of a distinguished name by their OID; the last one counts when one is repeated."""
    parts = {}
    for relative in name.chosen:
        for part in relative:
            parts[part["type"].dotted] = str(part["value"].native)
    return parts
