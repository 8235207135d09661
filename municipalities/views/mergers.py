"""Mergers of municipalities, with a look at what they change."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import author, form_status, open_or_403
from municipalities.access import dated_facts_void_refusal, edit_refusal
from municipalities.merger_form import MergerForm
from municipalities.mergers import effect_of, merge, void_merger
from municipalities.models import Municipality, Succession
from municipalities.views.gates import CHANGED, municipality_or_404, regions_in_use
from revisions.models import EditConflict
from revisions.voiding import Crumb, void_page


@require_http_methods(["GET", "HEAD", "POST"])
def municipalities_merge(request: HttpRequest) -> HttpResponse:
    """Write down that municipalities merge, once its effect was shown."""
    open_or_403(edit_refusal(request.user))
    begun = Municipality.objects.listed().filter(slug=request.GET.get("from", "")).values_list("pk", flat=True)
    form, effect = MergerForm(request.POST or None, initial={"predecessors": list(begun)}), None
    if request.method == "POST" and form.is_valid():
        if form.is_seen:
            try:
                with transaction.atomic():
                    whole = merge(form.merger, by=author(request))
            except (EditConflict, IntegrityError):  # somebody was quicker, or the same form was sent at the same moment
                form.add_error(None, CHANGED)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, f"Объединение записано. {whole.name}: назначьте представителей.")
                return redirect(whole)
        else:
            effect = effect_of(form.merger)
            form.show_again()
    context = {"form": form, "effect": effect, "regions": regions_in_use()}
    return render(request, "municipalities/merge.html", context, status=200 if effect else form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def municipality_merger_void(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Void a wrong merger, with the memberships that it wrote."""
    owner = municipality_or_404(request, slug)
    row = get_object_or_404(Succession.objects.with_names().select_related("voided_by"), pk=pk, successor=owner.pk)
    open_or_403(dated_facts_void_refusal(request.user, row))

    def write(reason: str, version: int, right: object) -> None:
        void_merger(row, reason=reason, version=version, by=author(request))

    return void_page(
        request,
        row,
        version=owner.version,
        trail=[
            Crumb("Муниципальные образования", reverse("municipalities")),
            Crumb(owner.name, owner.get_absolute_url()),
        ],
        write=write,
        refused=ValidationError,
    )
