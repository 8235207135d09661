"""How the numbers of letters are made, year by year: of those that go out, and of those that come."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.requests import form_status, open_or_403
from resolutions import access
from resolutions.forms.letters import NumberSeriesForm
from resolutions.models import LetterDirection, NumberSeries
from revisions.conflict import conflict_page
from revisions.models import EditConflict


@require_http_methods(["GET", "HEAD", "POST"])
def numbering(request: HttpRequest, direction: str = LetterDirection.OUTGOING) -> HttpResponse:
    """The series of this year: how its next numbers look; earlier years to read."""
    open_or_403(access.numbering_refusal(request.user))
    year = timezone.localdate().year
    form = NumberSeriesForm(request.POST or None, instance=NumberSeries.of(year, direction))
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=request.path)
        messages.success(request, "Образец номера сохранён: он действует для следующих писем.")
        return redirect(request.path)
    current = NumberSeries.of(year, direction)  # the form has changed its own
    context = {
        "form": form,
        "series": current,
        "next_number": current.number(max(current.last + 1, current.first)),
        "earlier": NumberSeries.objects.filter(year__lt=current.year, direction=direction),
    }
    return render(request, "resolutions/letters/numbering.html", context, status=form_status(request))
