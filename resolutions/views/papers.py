"""Decisions and letters as PDFs."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents.downloads import issued_response, named_by_state, pdf_response, word_response
from resolutions import access
from resolutions.correspondence.papers import render_letter, write_letter
from resolutions.kinds import asking_kinds
from resolutions.models import Letter, Resolution, ResolutionStatus
from resolutions.papers import render_decision, write_decision
from resolutions.views.gates import letter_or_404, resolution_or_404


@login_not_required
@require_safe
def decision_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Once signed, the issued bytes for everybody; before that the draft or the paper for the pen, for staff."""
    found = resolution_or_404(request, slug)
    if not access.decision_pdf_visible(request.user, found):
        raise Http404
    if found.issued_document:
        return issued_response(request, found.issued_document, named_by_state(found.issued_document, _file_name(found)))
    is_draft = found.status == ResolutionStatus.DRAFT
    return pdf_response(render_decision(found.text, is_draft=is_draft), _file_name(found))


@login_not_required
@require_safe
def decision_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as a Word file, for those who finish in Word; the issued document is the PDF alone."""
    found = resolution_or_404(request, slug)
    if not access.decision_pdf_visible(request.user, found):
        raise Http404
    content = write_decision(found.text, is_draft=found.status == ResolutionStatus.DRAFT)
    return word_response(content, _file_name(found, "docx"))


def _file_name(resolution: Resolution, ending: str = "pdf") -> str:
    day = f" от {resolution.adopted_on:%d.%m.%Y}" if resolution.adopted_on else ""
    kind = "Проект решения" if resolution.status == ResolutionStatus.DRAFT else "Решение"
    return f"{kind}{day}.{ending}"


@require_safe
def appeal_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The appeal that carries out the decision: the first, when several points appeal."""
    found = resolution_or_404(request, slug)
    appeals = Letter.objects.visible_to(request.user).filter(resolution=found, kind__in=asking_kinds())
    first = appeals.order_by("point__number", "pk").first()
    return _letter_response(request, get_object_or_404(appeals, pk=first.pk if first else None))


@login_not_required
@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: once signed, the issued bytes; otherwise its text as it stands now. Released, it is everybody's."""
    return _letter_response(request, letter_or_404(request, pk))


@require_safe
def letter_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as a Word file."""
    letter = letter_or_404(request, pk)
    return word_response(write_letter(letter), f"{_letter_name(letter)}.docx")


def _letter_response(request: HttpRequest, letter: Letter) -> HttpResponse:
    if letter.document_in_force:
        return issued_response(request, letter.document_in_force, f"{_letter_name(letter)}.pdf")
    return pdf_response(render_letter(letter), f"{_letter_name(letter)}.pdf")


def _letter_name(letter: Letter) -> str:
    number = f" № {letter.number}" if letter.is_registered else " (проект)"
    return f"{letter.get_kind_display()}{number}"
