"""Pages are declared: `base.html` alone draws the frame, the name of the page and the way to it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client

from accounts.models.union import FROM_THE_SOURCE

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Papers, letters by mail and files of the archive are no pages; errors that ask no database, and Django's
# administration, have frames of their own.
NO_PAGES = (
    "documents/",
    "sgcszr_portal/archive/",
    "500.html",
    "503.html",
    "_bare.html",
    "email/",
    "messages/",
    "help_text.html",
    "forms/",
    "admin/",
)
SKELETONS = {"base.html", "form_page.html", "_error_page.html", "account/_entrance.html", "resolutions/sign_page.html"}


def sources() -> list[tuple[str, str]]:
    """The templates of pages and their fragments: name and text."""
    named = ((str(path.relative_to(TEMPLATES)), path.read_text()) for path in sorted(TEMPLATES.rglob("*.html")))
    return [
        (name, text) for name, text in named if "documents/pages/" in name or not any(part in name for part in NO_PAGES)
    ]


def test_every_page_is_declared_by_the_skeleton() -> None:
    pages = [(name, text) for name, text in sources() if not Path(name).name.startswith("_") and name not in SKELETONS]
    assert len(pages) > 80
    for name, text in pages:
        assert text.startswith("{% extends "), name
        assert "{% block title %}" in text or "base_reauthenticate" in text, name


@pytest.mark.parametrize("drawn", ["<h1", "<html", 'class="page-header', 'class="breadcrumbs'])
def test_the_frame_of_a_page_stands_in_the_skeleton_alone(drawn: str) -> None:
    assert {name for name, text in sources() if drawn in text} <= SKELETONS


def page_of(declaration: str) -> str:
    context = Context({"csrf_token": "", "name": "<Б>", "union": FROM_THE_SOURCE})
    return Template('{% extends "base.html" %}' + declaration).render(context)


def test_the_title_is_declared_once_and_shown_in_three_places() -> None:
    page = page_of("{% block title %}\n  Сведения: {{ name }}\n{% endblock %}")
    assert "<title>Сведения: &lt;Б&gt; – Портал СГЦСЗР</title>" in page
    assert "<h1>Сведения: &lt;Б&gt;</h1>" in page
    assert '<li aria-current="page">Сведения: &lt;Б&gt;</li></ol>' in page


def test_what_a_page_does_not_declare_is_not_drawn() -> None:
    assert not re.search("page-header__(lead|actions)", page_of("{% block title %}А{% endblock %}"))
    full = page_of("{% block lead %}О чём{% endblock %}{% block actions %}<a href='/'>Далее</a>{% endblock %}")
    assert '<p class="page-header__lead">О чём</p>' in full
    assert "<div class=\"page-header__actions\"><a href='/'>Далее</a></div>" in full


@pytest.mark.django_db
def test_the_way_to_a_page_begins_at_the_overview(client: Client) -> None:
    assert '<ol><li aria-current="page">Обзор</li></ol>' in client.get("/").content.decode()
    assert (
        '<ol><li><a href="/">Обзор</a></li><li aria-current="page">Решения'
        in client.get("/resolutions/").content.decode()
    )
    assert '<li aria-current="page">Страница не найдена</li>' in client.get("/nowhere/").content.decode()


def test_every_form_that_changes_something_carries_its_token() -> None:
    forms = [
        (name, form)
        for name, text in sources()
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL)
    ]
    assert len(forms) > 30
    assert [name for name, form in forms if "{% form_token" not in form] == []
    typed = [(name, form) for name, form in forms if re.search(r"\{\{ \w*form \}\}", form)]
    assert [name for name, form in typed if "{% form_token typed=True %}" not in form] == []
    assert [name for name, text in sources() if "{% csrf_token %}" in text] == []


@pytest.mark.parametrize("component", ["empty", "timeline__item", "stat__value", "pagination"])
def test_a_component_stands_in_one_fragment(component: str) -> None:
    drawn = re.compile(rf'class="(?:[\w -]*\s)?{component}[" ]')
    assert len([name for name, text in sources() if drawn.search(text)]) == 1


def test_a_badge_is_drawn_by_its_tag_alone() -> None:
    assert [name for name, text in sources() if re.search(r'class="badge[ "]', text)] == []
    drawn = Template('{% badge "done" label %}').render(Context({"label": "<Да>"}))
    assert drawn == '<span class="badge badge--done">&lt;Да&gt;</span>'
