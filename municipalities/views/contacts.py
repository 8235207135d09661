"""Contacts of a municipality: internal, kept by the secretariat and the municipality's own representatives."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import form_status, open_or_403
from municipalities.access import can_see_internal, contacts_refusal
from municipalities.forms import ContactForm
from municipalities.models import Contact, Municipality
from municipalities.views.gates import municipality_or_404
from revisions.conflict import conflict_page
from revisions.models import EditConflict


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_contact_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a person to turn to."""
    municipality = _open(request, slug)
    form = ContactForm(request.POST or None, instance=Contact(municipality=municipality))
    if request.method == "POST" and form.is_valid():
        contact = form.save()
        messages.success(request, f"Контакт добавлен: {contact}.")
        return redirect(municipality)
    return _page(request, municipality, form)


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_contact_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    municipality = _open(request, slug)
    contact = get_object_or_404(municipality.contacts.all(), pk=pk)
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=municipality.get_absolute_url())
        messages.success(request, f"Контакт исправлен: {contact}.")
        return redirect(municipality)
    return _page(request, municipality, form, contact=pk)


@require_POST
def municipality_contact_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a contact that is no longer one."""
    municipality = _open(request, slug)
    contact = get_object_or_404(municipality.contacts.all(), pk=pk)
    with transaction.atomic():  # the history is written with it or not at all
        contact.delete()
    messages.success(request, f"Контакт убран: {contact}.")
    return redirect(municipality)


def _open(request: HttpRequest, slug: str) -> Municipality:
    """The municipality whose contacts this visitor keeps.

    Raises:
        Http404: the visitor may not even see them.
        PermissionDenied: the visitor may see them, and not change.
    """
    municipality = municipality_or_404(request, slug)
    if not can_see_internal(request.user, municipality):
        raise Http404
    open_or_403(contacts_refusal(request.user, municipality))
    return municipality


def _page(
    request: HttpRequest, municipality: Municipality, form: ContactForm, *, contact: int | None = None
) -> HttpResponse:
    context = {"municipality": municipality, "form": form, "contact": contact}
    return render(request, "municipalities/contact_edit.html", context, status=form_status(request))
