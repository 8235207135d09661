"""A machine on which no PDF can be made still has a portal: `make run` counts on it when a package is missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import User
from documents import fonts
from tests.access_table import TABLE
from tests.conftest import ClientFor
from tests.tasks import run_tasks
from tests.world import world  # noqa: F401 - a fixture: the portal with one of everything

PAPER = (".pdf", ".zip", "/sign/")  # what holds a PDF or is about to make one


@pytest.fixture
def without_font(world: dict[object, object], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: F811
    """The font disappears after the papers of `world` were issued."""
    kept = (fonts.font_files, fonts.glyphs, fonts.leaves_alone, fonts._widths)
    for one in kept:
        one.cache_clear()
    monkeypatch.setattr(fonts, "font_directories", lambda: [Path("/nowhere")])
    yield
    for one in kept:
        one.cache_clear()


@pytest.mark.slow
def test_all_pages_are_served_and_papers_refused_with_a_sentence(
    world: dict[object, object],  # noqa: F811
    without_font: None,
    client_for: ClientFor,
    chair: User,
) -> None:
    wrong, refused = [], 0
    for line in TABLE:
        address = reverse(line.name, args=[world.get(arg, arg) for arg in line.args])
        for method in [method for method in ("GET", "POST") if getattr(line, method.lower())]:
            ask = getattr(client_for(chair), method.lower())
            data, expected = line.data if method == "POST" else None, line.expected(method, "chair", address)
            answer = ask(address, data)
            if answer.status_code == 202:
                run_tasks()
                answer = ask(address, data)
            content = b"".join(answer) if answer.streaming else answer.content
            if answer.status_code != expected:
                refused += 1
                if not address.endswith(PAPER) or answer.status_code != 422 or "нет шрифта" not in content.decode():
                    wrong.append(f"{method} {address}: {answer.status_code}, the table says {expected}")
    assert not wrong, "\n".join(wrong)
    assert refused
