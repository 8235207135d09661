"""«Передача дел» on paper."""

from django.urls import reverse
from django.utils import timezone

from documents.engine import Paper, render_pdf
from documents.preparing.makers import Arguments, Maker, Progress
from revisions.days import noon_of
from russian.templatetags.russian import long_date
from sgcszr_portal.handing_over.content import KIND, HandingOver, handing_over


def handing_over_paper(content: HandingOver) -> Paper:
    """The paper that shows what is open.

    Args:
        content: what to print.
    """
    return Paper(
        template="documents/handing_over.html",
        context={"kind": KIND, "content": content},
        title=f"{KIND} по состоянию на {long_date(content.day)}",
        author=content.union,
        created=noon_of(content.day),
    )


def _read(arguments: Arguments) -> HandingOver:
    return handing_over(timezone.localdate())


def _made(content: HandingOver, progress: Progress) -> bytes:
    return render_pdf(handing_over_paper(content))


MAKER = Maker(
    "handing-over-pdf",
    f"{KIND} (PDF)",
    _read,
    _made,
    lambda arguments: reverse("handing_over_pdf"),
    lambda arguments: reverse("handing_over"),
)
