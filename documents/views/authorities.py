"""The trust store: pages for the technical administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import author, form_status, open_or_403
from documents.access import trust_refusal
from documents.forms import AuthorityForm
from documents.models import TrustedAuthority


@require_http_methods(["GET", "HEAD", "POST"])
def authorities(request: HttpRequest) -> HttpResponse:
    """Whom the portal trusts; add a certificate."""
    open_or_403(trust_refusal(request.user))
    form = AuthorityForm(request.POST or None, request.FILES or None, by=author(request))
    if request.method == "POST" and form.is_valid():
        form.authority.save()
        messages.success(request, f"Удостоверяющий центр «{form.authority}» добавлен в доверенные.")
        return redirect("authorities")
    now = timezone.now()
    trusted = [(authority, authority.is_valid_on(now)) for authority in TrustedAuthority.objects.trusted()]
    removed = TrustedAuthority.objects.filter(removed_at__isnull=False)
    context = {"form": form, "trusted": trusted, "removed": removed}
    return render(request, "documents/pages/authorities.html", context, status=form_status(request))


@require_POST
def authority_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Trust a certificate no longer."""
    open_or_403(trust_refusal(request.user))
    authority = get_object_or_404(TrustedAuthority.objects.trusted(), pk=pk)
    authority.remove(by=author(request))
    messages.success(request, f"Удостоверяющий центр «{authority}» исключён из доверенных.")
    return redirect("authorities")
