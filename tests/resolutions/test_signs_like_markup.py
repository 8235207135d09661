"""«<», «&» and tags are text: a decision says them on its page, in its files and in its lists as they were typed."""

from html import escape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from accounts.models import User
from resolutions.models import Resolution
from tests.conftest import ClientFor
from tests.resolutions.pdf import words_of
from tests.resolutions.test_resolution_edit import posted

pytestmark = pytest.mark.slow

TYPED = [
    "Доля < трети, а не > половины",
    "Иванов <ivanov@example.org>",
    "a <b> c </b> & «R&D» &lt; &amp;",
    "<script>alert(1)</script>",
    "=1+1",
]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.mark.parametrize("typed", TYPED)
def test_a_decision_says_what_was_typed_everywhere(client: Client, draft: Resolution, typed: str) -> None:
    sent = posted(draft, **{"title": typed, "preamble-0-text": typed, "points-0-text": typed})
    assert client.post(reverse("resolution_edit", args=[draft.slug]), sent).status_code == 302
    assert Resolution.objects.get().text.preamble[0].text == typed
    for name in ("resolution", "resolution_edit", "resolution_history"):
        page = client.get(reverse(name, args=[draft.slug])).content.decode().replace("\u00a0", " ")
        assert escape(typed) in page
        assert escape(escape(typed)) not in page or escape(typed) == typed
    assert escape(typed) in client.get(reverse("resolutions")).content.decode().replace("\u00a0", " ")
    assert typed.split() == said_in(words_of(client.get(reverse("decision_pdf", args=[draft.slug])).content), typed)
    word = Document(BytesIO(client.get(reverse("decision_docx", args=[draft.slug])).content))
    assert typed in [one.text.replace("\u00a0", " ") for one in word.paragraphs]


def said_in(words: list[str], typed: str) -> list[str]:
    """The words of a text where they follow each other, of all the words of a paper."""
    wanted = typed.split()
    starts = range(len(words) - len(wanted) + 1)
    return next((words[at : at + len(wanted)] for at in starts if words[at : at + len(wanted)] == wanted), [])
