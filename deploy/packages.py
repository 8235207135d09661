"""The system packages of the portal: what each must bring, and what does not work without it.

`python -m deploy.packages run` looks for what the portal itself needs, `fast` and `test` besides for what the tests
need. What is missing is installed by apt, if there is one and we may. What is still missing then is named, a line each;
only the tests cannot do without: the portal serves its pages with none of these packages.

Names of packages differ from release to release (libgnutls30 became libgnutls30t64), what they hold does not: so a
library counts as there when it loads, a program when it is found, a font when its files are.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont

from documents.fonts import DEJAVU_SANS, DEJAVU_SERIF, SERIF, TINOS, Family, FontMissing, font_files


class Brings(NamedTuple):
    """What a package must bring: how it is called, and whether it is there."""

    name: str
    is_there: Callable[[], bool]


class Package(NamedTuple):
    """A line of the table.

    Attributes:
        name: as apt in Debian and Ubuntu knows it.
        brings: what counts.
        without: what does not work without it, and what does.
    """

    name: str
    brings: Brings
    without: str


def library(name: str) -> Brings:
    """A shared library, which loads."""

    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return Brings(name, loads)


def program(name: str) -> Brings:
    """A program, found as a shell would find it."""
    return Brings(name, lambda: shutil.which(name) is not None)


def file(pattern: str) -> Brings:
    """A file, by its path without the leading slash; may hold wildcards."""
    return Brings(f"/{pattern}", lambda: any(Path("/").glob(pattern)))


def fonts(*families: Family) -> Brings:
    """Fonts of the paper, with all the faces that it uses."""

    def are_there() -> bool:
        try:
            return all(font_files(family) for family in families)
        except FontMissing:
            return False

    return Brings(" and ".join(family.name for family in families), are_there)


def liberation_2() -> bool:
    """Whether the main font of the paper is there. Version 1 has the same name and other glyphs."""
    return fonts(SERIF).is_there() and all(_version(face) >= 2 for face in font_files(SERIF).values())


def _version(face: Path) -> float:
    with TTFont(face, lazy=True) as font:
        return round(float(font["head"].fontRevision), 2)


NO_PDF = "no PDF can be made and nothing signed in the portal; pages, Word files and workbooks work"
NO_SIGNS = "papers that need {} are refused, and so are checklists of texts with such signs; all others are made"
RUN = [
    Package("libpango-1.0-0", library("libpango-1.0.so.0"), NO_PDF),
    Package("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0"), NO_PDF),
    Package(SERIF.package, Brings(f"{SERIF.name} 2", liberation_2), NO_PDF),
    Package(TINOS.package, fonts(TINOS), NO_SIGNS.format("«₽» and other signs beyond Liberation Serif")),
    Package(DEJAVU_SANS.package, fonts(DEJAVU_SERIF, DEJAVU_SANS), NO_SIGNS.format("«✔», «Ⅳ» and the like")),
    Package(
        "libharfbuzz-subset0",
        library("libharfbuzz-subset.so.0"),
        "PDFs take three times as long, and two renders of one document differ in their bytes",
    ),
    Package(
        "libgnutls30",
        library("libgnutls.so.30"),
        "GOST signatures are attached but not verified; RSA and ECDSA are, and everything else works",
    ),
    Package(
        "libgcrypt20",
        library("libgcrypt.so.20"),
        "GOST signatures on the curves that GnuTLS lacks are attached but not verified; all others are",
    ),
]
FAST = [
    Package("gnutls-bin", program("certtool"), "nobody but the portal verifies GOST signatures"),
    Package("poppler-utils", program("pdftotext"), "the text of PDFs cannot be read back"),
]
TEST = [
    Package("openssl", program("openssl"), "nobody but the portal verifies RSA and ECDSA signatures"),
    Package("qpdf", program("qpdf"), "nobody checks that PDFs are sound"),
    Package("zbar-tools", program("zbarimg"), "QR codes cannot be read back"),
    Package("libreoffice-calc-nogui", file("usr/lib/libreoffice/program/libsclo.so"), "workbooks cannot be reopened"),
    Package("libreoffice-writer-nogui", file("usr/lib/libreoffice/program/libswlo.so"), "nor can Word files"),
    Package("postgresql", file("usr/lib/postgresql/*/bin/initdb"), "no tests on PostgreSQL"),
    Package("postgresql-common", program("pg_virtualenv"), "no tests on PostgreSQL"),
    Package("chromium", file("usr/bin/chromium"), "no tests in the browser"),
    Package("libatomic1", library("libatomic.so.1"), "no tests in the browser: Playwright's Node.js needs it"),
]
WANTED = {"run": RUN, "fast": [*RUN, *FAST], "test": [*RUN, *FAST, *TEST]}


class AptRefused(Exception):
    """Apt cannot be asked here; the text says why."""


def missing(packages: Iterable[Package]) -> list[Package]:
    """Those of the packages that do not bring what they should."""
    return [package for package in packages if not package.brings.is_there()]


def install(names: Sequence[str]) -> None:
    """Let apt install packages: together if it can, or else each by itself, so that one which it does not know or
    cannot fetch is the only one that is not there afterwards.

    Raises:
        AptRefused: there is no apt here, or it is not ours to use.
    """
    apt_get = [*_as_root(), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    _quietly([*apt_get, "update"])
    command = [*apt_get, "install", "-y", "--no-install-recommends"]
    if not _quietly([*command, *names]) and len(names) > 1:
        for name in names:
            _quietly([*command, name])


def _as_root() -> list[str]:
    """What goes before apt-get."""
    if shutil.which("apt-get") is None:
        raise AptRefused("There is no apt-get on this machine: install by hand what these Debian packages hold.")
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        raise AptRefused("Only root may install packages, and there is no sudo: ask an administrator for these.")
    return ["sudo"]


def _quietly(command: list[str]) -> bool:
    """Whether a command succeeds; when it does not, its last words are printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - apt, by a command of our own
    if done.returncode:
        print("\n".join(f"  apt: {line}" for line in done.stderr.splitlines()[-3:]), file=sys.stderr, flush=True)
    return done.returncode == 0


def main(purpose: str) -> int:
    """Install what is missing and name what stays missing.

    Args:
        purpose: a key of WANTED.

    Returns:
        The exit code: 1 when tests lack something; the portal itself lives without.
    """
    wanted = missing(WANTED[purpose])
    if wanted:
        try:
            install([package.name for package in wanted])
        except AptRefused as refusal:
            print(refusal, file=sys.stderr)
        wanted = missing(wanted)
    for package in wanted:
        print(f"Missing: {package.name} ({package.brings.name}). Without it {package.without}.", file=sys.stderr)
    return 1 if wanted and purpose != "run" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
