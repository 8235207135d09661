"""The trust store: pages for the technical administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Visitor
from accounts.requests import author, form_status, open_or_403
from documents.access import trust_refusal
from documents.cms.abilities import abilities
from documents.forms import AuthorityForm, RevocationForm
from documents.listing import Authorities, Revocations
from documents.models import TrustedAuthority
from documents.uploads import CERTIFICATE, REVOCATION, takes_files
from russian.templatetags.russian import quoted


def keeps_trust(visitor: Visitor) -> bool:
    """Whether somebody may send files to the trust store."""
    return not trust_refusal(visitor)


@takes_files(CERTIFICATE.largest, keeps_trust)
@require_http_methods(["GET", "HEAD", "POST"])
def authorities(request: HttpRequest) -> HttpResponse:
    """Whom the portal trusts, what it knows of revoked certificates and which algorithms it can verify."""
    open_or_403(trust_refusal(request.user))
    form = AuthorityForm(request.POST or None, request.FILES or None, by=author(request))
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Удостоверяющий центр {quoted(str(form.save()))} добавлен в доверенные.")
        return redirect("authorities")
    return _page(request, form, RevocationForm())


@takes_files(REVOCATION.largest, keeps_trust)
@require_http_methods(["GET", "HEAD", "POST"])
def revocation_load(request: HttpRequest) -> HttpResponse:
    """Load a list of revoked certificates or an OCSP answer; who only looks is sent to the page with the form."""
    open_or_403(trust_refusal(request.user))
    if request.method != "POST":
        return redirect("authorities")
    by = author(request)
    form = RevocationForm(request.POST, request.FILES)
    source = form.save(by=by) if form.is_valid() else None
    if source is None:
        return _page(request, AuthorityForm(by=by), form)
    messages.success(request, f"Загружено: {source}.")
    return redirect("authorities")


def _page(request: HttpRequest, form: AuthorityForm, revocation_form: RevocationForm) -> HttpResponse:
    context = {
        "form": form,
        "revocation_form": revocation_form,
        "listing": Authorities(request.GET, request.user),
        "removed": TrustedAuthority.objects.filter(removed_at__isnull=False),
        "revocations": Revocations(request.GET, request.user),
        "abilities": abilities(),
    }
    return render(request, "documents/pages/authorities.html", context, status=form_status(request))


@require_POST
def authority_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Trust a certificate no longer."""
    open_or_403(trust_refusal(request.user))
    authority = get_object_or_404(TrustedAuthority.objects.trusted(), pk=pk)
    authority.remove(by=author(request))
    messages.success(request, f"Удостоверяющий центр {quoted(str(authority))} исключён из доверенных.")
    return redirect("authorities")
