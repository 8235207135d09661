"""Pages of personal links: what is behind one, what it says when it is over, what the secretariat does with it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import author, form_status, open_or_403
from municipalities import personal_links
from municipalities.access import links_refusal
from municipalities.forms import LinkWithdrawalForm
from municipalities.models import PersonalLink
from municipalities.personal_links import LinkChanged, LinkGone, Opened, UnknownLink
from revisions.sent_once import turned_back

CHANGED = "Пока вы читали страницу, ссылку заменили или отозвали. Посмотрите, как есть сейчас, прежде чем повторять."
OVER = "Эта ссылка уже заменена или отозвана: отзывать нечего."

Page = Callable[[HttpRequest, Opened], HttpResponse]
Typed = Callable[[QueryDict, Any], list[tuple[str, str]]]


def behind_link(code: str = "", *, typed: Typed) -> Callable[[Page], Callable[..., HttpResponse]]:
    """Make a page stand behind a personal link: no login, nothing kept by browsers, nothing found by searching.

    404 for a link that the portal never gave out, 410 with a sentence for one that is over.

    Args:
        code: of the purpose; without it the address names it, as `purpose`, and links of any open the page.
        typed: what was sent, as labels and texts, for a record: who sends it too late gets it back to copy.
    """

    def decorate(page: Page) -> Callable[..., HttpResponse]:
        @wraps(page)
        def answer(request: HttpRequest, token: str, purpose: str = code) -> HttpResponse:
            try:
                shown = page(request, personal_links.behind(purpose, token))
            except UnknownLink:
                shown = render(request, "municipalities/links/gone.html", status=404)
            except LinkGone as gone:
                kept = typed(request.POST, gone.subject) if request.POST and gone.subject else []
                shown = render(request, "municipalities/links/gone.html", {"reason": gone, "typed": kept}, status=410)
            shown.headers["X-Robots-Tag"] = "noindex, nofollow"
            return shown

        return login_not_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(answer)))

    return decorate


@require_POST
def personal_link_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out a new link instead of the one that the page showed; the form says whether that one lived."""
    link, subject = _to_manage(request, pk)
    link.ended = request.POST.get("ended", "")
    try:
        personal_links.renew(link, by=author(request))
    except LinkChanged:
        return turned_back(request, CHANGED, subject)
    messages.success(request, f"{link.municipality}: выдана новая ссылка, прежняя не работает.")
    return redirect(subject)


@require_http_methods(["GET", "HEAD", "POST"])
def personal_link_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a link for a reason; it stops working at once."""
    link, subject = _to_manage(request, pk)
    open_or_403(OVER if link.ended else None)
    form = LinkWithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            personal_links.withdraw(link, reason=form.cleaned_data["reason"], by=author(request))
        except LinkChanged:
            form.add_error(None, CHANGED)
        else:
            messages.success(request, f"{link.municipality}: ссылка отозвана.")
            return redirect(subject)
    context = {"link": link, "subject": subject, "form": form}
    return render(request, "municipalities/links/withdraw.html", context, status=form_status(request))


def _to_manage(request: HttpRequest, pk: int) -> tuple[PersonalLink, Any]:
    """A link that the visitor manages, with what it is for."""
    open_or_403(links_refusal(request.user))
    link = get_object_or_404(PersonalLink.objects.select_related("municipality"), pk=pk)
    subject = personal_links.subject_of(link)
    if subject is None:
        raise Http404
    return link, subject
