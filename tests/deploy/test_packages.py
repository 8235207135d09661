"""System packages: looked for by what they bring, installed one by one if need be, and named when they stay missing."""

import os
import shutil
from pathlib import Path

import pytest

from deploy import packages
from deploy.packages import RUN, WANTED, Brings, Package, library, main, missing
from documents import fonts

ROOT = Path(__file__).resolve().parents[2]
NEVER = Brings("libnowhere.so.1", lambda: False)


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """An apt that does not know "unknown"; what it was asked for."""
    asked: list[list[str]] = []

    def answer(command: list[str]) -> bool:
        asked.append(command[command.index("apt-get") + 2 :])
        return "unknown" not in command

    monkeypatch.setattr(packages, "_quietly", answer)
    monkeypatch.setattr(packages, "_as_root", list)
    return asked


@pytest.fixture
def two_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = [Package("known", NEVER, "this fails, that works"), Package("unknown", NEVER, "nothing is lost")]
    monkeypatch.setattr(packages, "WANTED", {"run": table, "test": table})


def test_this_machine_has_what_the_portal_needs() -> None:
    assert missing(RUN) == []


def test_a_library_is_there_when_it_loads() -> None:
    assert library("libgnutls.so.30").is_there()
    assert not library("libnowhere.so.1").is_there()


def test_the_first_version_of_the_font_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    assert packages.liberation_2()
    monkeypatch.setattr(packages, "_version", lambda face: 1.07)
    assert not packages.liberation_2()
    monkeypatch.setattr(packages, "font_files", no_font)
    assert not packages.liberation_2()


def no_font(family: fonts.Family) -> None:
    raise fonts.FontMissing(family)


def test_a_name_that_apt_does_not_know_keeps_no_other_package_away(apt: list[list[str]], two_missing: None) -> None:
    main("run")
    install = ["install", "-y", "--no-install-recommends"]
    assert apt == [["update"], [*install, "known", "unknown"], [*install, "known"], [*install, "unknown"]]


def test_what_stays_missing_is_named_and_stops_tests_alone(
    apt: list[list[str]], two_missing: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (main("run"), main("test")) == (0, 1)
    said = capsys.readouterr().err
    assert said.count("Missing: known (libnowhere.so.1). Without it this fails, that works.") == 2


@pytest.mark.parametrize("lacking", ["apt-get", "sudo"])
def test_without_apt_or_without_rights_it_says_so(
    two_missing: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lacking: str
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == lacking else f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert main("run") == 0
    said = capsys.readouterr().err
    assert lacking in said
    assert said.count("Missing: ") == 2


def test_nothing_is_asked_of_apt_when_everything_is_there(
    apt: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "WANTED", {"run": [Package("there", Brings("it", lambda: True), "")]})
    assert main("run") == 0
    assert apt == []


@pytest.mark.parametrize("page", ["docs/dependencies.md", "docs/running.md"])
def test_the_documentation_names_every_package(page: str) -> None:
    wanted = WANTED["test"] if "dependencies" in page else RUN
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [
        package.name for package in wanted if f"{package.name}`" not in text and f"{package.name} " not in text
    ] == []
