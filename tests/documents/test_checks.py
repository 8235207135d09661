"""System checks: a machine without Pango, subsetter or font is told what to install."""

import ctypes.util
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from documents import fonts
from documents.checks import (
    fonts_are_installed,
    pango_is_installed,
    signatures_can_be_verified,
    subsetter_is_installed,
)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any of the libraries and fonts."""
    fonts.font_files.cache_clear()
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(fonts, "font_directories", lambda: [Path("/nowhere")])


def test_this_machine_has_what_it_needs() -> None:
    assert pango_is_installed(None) == subsetter_is_installed(None) == fonts_are_installed(None) == []


def test_this_machine_can_verify_every_algorithm() -> None:
    assert signatures_can_be_verified(None) == []


def test_without_a_library_the_operator_is_told_what_is_not_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.cms.gcrypt.library", lambda: None)
    (warning,) = signatures_can_be_verified(None)
    assert warning.id == "documents.W002"
    assert "CryptoPro-B" in warning.msg
    assert "libgcrypt20" in str(warning.hint)
    monkeypatch.setattr("documents.cms.gnutls.library", lambda: None)
    assert {str(one.hint).count("libgnutls30") for one in signatures_can_be_verified(None)} == {0, 1}


def test_missing_pango_is_a_warning_with_the_package(without: None) -> None:
    first, second = pango_is_installed(None)
    assert first.id == second.id == "documents.W003"
    assert "apt-get install libpango-1.0-0" in str(first.hint)
    assert "apt-get install libpangoft2-1.0-0" in str(second.hint)


def test_a_missing_subsetter_is_a_warning(without: None) -> None:
    (warning,) = subsetter_is_installed(None)
    assert warning.id == "documents.W001"
    assert "libharfbuzz-subset0" in str(warning.hint)


def test_each_missing_font_is_a_warning_with_the_package(without: None) -> None:
    warnings = fonts_are_installed(None)
    assert [one.id for one in warnings] == ["documents.W004", *["documents.W005"] * 3]
    packages = ["fonts-liberation2", "fonts-croscore", "fonts-dejavu-core", "fonts-dejavu-core"]
    assert all(f"install {name}." in str(one.hint) for one, name in zip(warnings, packages, strict=True))


@pytest.mark.django_db
def test_commands_run_without_any_of_them(without: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check")
    warned = capsys.readouterr().err
    assert warned.count("No PDF can be made") == 3
    with pytest.raises(SystemCheckError, match="No PDF can be made"):
        call_command("check", "--fail-level", "WARNING")


def test_half_a_font_is_a_missing_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "LiberationSerif-Regular.ttf").touch()
    fonts.font_files.cache_clear()
    monkeypatch.setattr(fonts, "font_directories", lambda: [tmp_path])
    assert fonts_are_installed(None)[0].id == "documents.W004"


@pytest.mark.slow
def test_checks_do_not_import_weasyprint() -> None:
    script = (
        "import sys, django; django.setup(); from django.core.checks import run_checks; run_checks(tags=['documents']);"
        "assert 'weasyprint' not in sys.modules and 'fontTools' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603 - our own script
