"""Decisions: the list, the page, the editor, the versions, adoption."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import Visitor
from accounts.models import UnionProfile
from accounts.requests import author, form_status, open_or_403
from documents.access import may_see_personal_numbers
from documents.checklist import unprintable_refusal
from documents.fonts import PaperError
from listings.answering import listing_response, wants_fragment
from resolutions import access
from resolutions.checklist import adoption_refusal
from resolutions.editor import TextEditor, blank_text
from resolutions.execution.results import with_results
from resolutions.forms.resolution import NewResolutionForm, ReopenForm, StepForm
from resolutions.history import read_history
from resolutions.kinds import about_decisions
from resolutions.listing import Decisions
from resolutions.models import Resolution, StepRefused
from resolutions.signing import signed_for, signing_doubts
from resolutions.text import text_changes
from resolutions.views.gates import resolution_or_404
from resolutions.views.links import StepLink, own_steps
from revisions.conflict import ConflictRow, render_conflict
from revisions.models import EditConflict
from revisions.sent_once import turned_back


@login_not_required
@require_safe
def resolutions(request: HttpRequest) -> HttpResponse:
    """All decisions that this visitor may see, newest first."""
    decisions = Decisions(request.GET, request.user)
    refusals = {
        "create_refusal": access.create_refusal(request.user),
        "past_refusal": access.past_refusal(request.user),
    }
    return listing_response(request, decisions, "resolutions/resolutions.html", **refusals)


@login_not_required
@require_safe
def resolution(request: HttpRequest, slug: str) -> HttpResponse:
    """A decision as a document, with the state of each point beside its text."""
    found = resolution_or_404(request, slug)
    user, steps = request.user, _steps(request.user, found)
    with_results(found.points.all())
    links = (StepLink(label, "", steps[name]) for name, label in STEP_LABELS.items())
    context = {
        "resolution": found,
        "text": found.text,
        "steps": steps,
        "unready": None if steps["adopt"] else _unready(found),
        "not_open": own_steps(links).refused,
        "can_see_internal": access.can_see_internal(user),
        "mailings": found.mailings.all() if access.can_see_internal(user) else [],
        "drafts": [] if access.mailing_refusal(user, found) else about_decisions(),
        "pdf_visible": access.decision_pdf_visible(user, found),
        "signed_for": signed_for(found),
        "signatures": found.issued_document.signatures.to_show() if found.issued_document else [],
        "personal_numbers": may_see_personal_numbers(user),
    }
    return render(request, "resolutions/resolution.html", context)


STEP_LABELS = {
    "revise": "Править текст",
    "reopen": "Отменить отметку о принятии",
    "sign": "Подписать",
    "scan": "Приложить скан с подписью",
    "signature": "Приложить электронную подпись",
}


def _unready(found: Resolution) -> str | None:
    """Why a draft cannot be adopted as it is; the page opens on a machine that cannot print, too."""
    try:
        return adoption_refusal(found.text)
    except PaperError as missing:
        return str(missing)


def _steps(user: Visitor, found: Resolution) -> dict[str, str | None]:
    """Why not, of each step of the decision; None of those that are open."""
    return {
        "revise": access.revise_refusal(user, found),
        "adopt": access.adopt_refusal(user, found),
        "reopen": access.reopen_refusal(user, found),
        "sign": access.sign_refusal(user, found),
        "signature": access.signature_refusal(user, found),
        "scan": access.scan_refusal(user, found),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_add(request: HttpRequest) -> HttpResponse:
    """Start a new draft."""
    open_or_403(access.create_refusal(request.user))
    form = NewResolutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        union = UnionProfile.on(form.cleaned_data["adopted_on"])
        started = Resolution.start(blank_text(**form.cleaned_data, union=union), by=author(request))
        messages.success(request, "Проект решения создан. Добавьте абзацы и пункты.")
        return redirect("resolution_edit", started.slug)
    return render(request, "resolutions/resolution_add.html", {"form": form}, status=form_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit the text of a draft."""
    found = resolution_or_404(request, slug)
    open_or_403(access.revise_refusal(request.user, found))
    if request.method != "POST":
        return _editor_page(request, found, TextEditor.of(found))
    if "row" in request.POST:
        return _editor_page(request, found, TextEditor.rearranged(request.POST, request.POST["row"]), unsaved=True)
    editor = TextEditor.submitted(request.POST)
    if not editor.is_valid():
        return _editor_page(request, found, editor, status=422)
    return _save(request, found, editor)


def _save(request: HttpRequest, found: Resolution, editor: TextEditor) -> HttpResponse:
    text = editor.text
    try:
        found.revise(text, by=author(request), **editor.revision.cleaned_data)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return _editor_page(request, found, editor, status=422)
    except EditConflict as conflict:
        stored = Resolution.objects.get(pk=found.pk)
        rows = [ConflictRow(c.label, c.before, c.after) for c in text_changes(stored.text, text)]
        again = editor.at_version(conflict.current.version, request.POST)
        return render_conflict(request, rows, again, cancel_url=found.get_absolute_url())
    messages.success(request, f"Изменения сохранены. {FOLLOWED}" if editor.has_followed else "Изменения сохранены.")
    if lost := unprintable_refusal(text.places):
        messages.warning(request, lost)
    return redirect(found)


FOLLOWED = "Вводная фраза изменена вслед за заголовком."


def _editor_page(
    request: HttpRequest, found: Resolution, editor: TextEditor, *, unsaved: bool = False, status: int = 200
) -> HttpResponse:
    template = "resolutions/_text_editor.html" if wants_fragment(request) else "resolutions/resolution_edit.html"
    context = {"resolution": found, "editor": editor, "unsaved": unsaved}
    return render(request, template, context, status=status)


@require_safe
def resolution_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of the text with what it changed, for staff."""
    found = resolution_or_404(request, slug)
    if not access.can_see_internal(request.user):
        raise Http404
    versions = read_history(found)
    doubtful = signing_doubts(one.version for one in versions)
    told = [(one, doubtful.get(one.version.pk, "")) for one in versions]
    return render(request, "resolutions/resolution_history.html", {"resolution": found, "versions": told})


@require_POST
def resolution_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that the Assembly adopted the decision."""
    found = resolution_or_404(request, slug)
    open_or_403(access.adopt_refusal(request.user, found))
    form = StepForm(request.POST)
    if not form.is_valid():
        return turned_back(request, "Форма повреждена: откройте страницу решения заново.", found)
    try:
        found.adopt(version=form.cleaned_data["version"], by=author(request))
    except StepRefused as refusal:
        return turned_back(request, refusal, found)
    except EditConflict:
        changed = "Текст решения изменился, пока страница была открыта. Прочитайте его и повторите."
        return turned_back(request, changed, found)
    messages.success(request, "Решение принято: текст зафиксирован и опубликован, началось исполнение.")
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def resolution_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back a mark of adoption that was set by mistake."""
    found = resolution_or_404(request, slug)
    open_or_403(access.reopen_refusal(request.user, found))
    form = ReopenForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            found.reopen(by=author(request), **form.cleaned_data)
        except (StepRefused, EditConflict):
            changed = "Решение изменилось, пока страница была открыта. Проверьте его состояние."
            return turned_back(request, changed, found)
        messages.success(request, "Отметка о принятии отменена: решение снова проект.")
        return redirect(found)
    context = {"resolution": found, "form": form}
    return render(request, "resolutions/resolution_reopen.html", context, status=form_status(request))
