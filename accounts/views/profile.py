"""One's own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import has_permission
from accounts.forms import ProfileForm
from accounts.models import User
from accounts.requests import author
from accounts.roles import Permission
from revisions.conflict import conflict_page
from revisions.models import EditConflict


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name and position, which one edits; address, role and municipalities, which the secretariat does."""
    person = User.objects.get(pk=author(request).pk)  # the form changes it; the header shows what is stored
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=reverse("profile"))
        messages.success(request, "Изменения сохранены.")
        return redirect("profile")
    context = {
        "form": form,
        "two_factor": is_mfa_enabled(author(request)),
        "speaks_for_cities": has_permission(author(request), Permission.KEEP_OWN_MUNICIPALITY),
        "is_staff_of_union": has_permission(author(request), Permission.READ_INTERNAL),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/profile.html", context, status=status)
