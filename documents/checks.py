"""System checks: what the paper needs of the machine, in words to act on.

They warn and stop nothing: without them a paper is refused with a sentence (`documents.fonts.PaperError`), and the
portal goes on serving its pages. `manage.py check --fail-level WARNING` is for who wants to be stopped.
"""

import ctypes.util
from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's word for it

from documents.cms.abilities import abilities
from documents.fonts import FAMILIES, SERIF, Family, FontMissing, font_files

_HINT = "On Debian or Ubuntu: apt-get install {}. Elsewhere install what this package holds."


@register("documents")
def pango_is_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """WeasyPrint cannot even be imported without Pango; it is looked for here without importing anything."""
    libraries = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}
    return [
        Warning(
            f"No PDF can be made: the system library {library} is missing.",
            hint=_HINT.format(package),
            id="documents.W003",
        )
        for library, package in libraries.items()
        if ctypes.util.find_library(library) is None
    ]


@register("documents")
def subsetter_is_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without HarfBuzz's subsetter PDFs come out slower, and their bytes change from render to render."""
    if ctypes.util.find_library("harfbuzz-subset") is not None:
        return []
    message = "The system library harfbuzz-subset is missing: two renders of one document will differ in their bytes."
    return [Warning(message, hint=_HINT.format("libharfbuzz-subset0"), id="documents.W001")]


@register("documents")
def fonts_are_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Another font in place of Liberation Serif would move every line, silently; the others have the signs it lacks."""
    return [warning for family in FAMILIES if (warning := _font_warning(family))]


def _font_warning(family: Family) -> CheckMessage | None:
    try:
        font_files(family)
    except FontMissing:
        hint = _HINT.format(family.package)
        if family is SERIF:
            message = f"No PDF can be made: the font {family.name} 2 is not installed."
            return Warning(message, hint=hint, id="documents.W004")
        message = f"Papers with signs such as «₽», «✔» or «Ⅳ» are refused: the font {family.name} is not installed."
        return Warning(message, hint=hint, id="documents.W005")
    return None


@register("documents")
def signatures_can_be_verified(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every algorithm of electronic signatures is tried on a known-good signature."""
    missing: dict[str, list[str]] = {}
    for ability in abilities():
        if not ability.works:
            missing.setdefault(ability.library, []).append(ability.algorithm)
    packages = {"GnuTLS": "libgnutls30", "libgcrypt": "libgcrypt20"}
    return [
        Warning(
            f"These electronic signatures will be attached unverified, for {library} is missing or told not to know"
            f" them: {'; '.join(algorithms)}.",
            hint=_HINT.format(packages[library]) if library in packages else None,
            id="documents.W002",
        )
        for library, algorithms in missing.items()
    ]
