"""The secretariat manages users."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import user_deactivate_refusal, user_edit_refusal, users_refusal
from accounts.forms import InvitationForm, RightRoleForm, UserForm
from accounts.history import account_history
from accounts.invitations import invitation_of, invite, write_invitation
from accounts.listing import People
from accounts.models import User
from accounts.people import AccountState, activate, deactivate, state_of
from accounts.requests import author, open_or_403
from accounts.role_keeping import void_role
from accounts.roles import Permission, permissions_of
from listings.answering import listing_response
from revisions.conflict import conflict_page
from revisions.models import EditConflict
from revisions.replay import void_refusal
from revisions.voiding import Crumb, void_page

WRITTEN = "Приглашение написано и ждёт отправки: {email}. Ушло ли оно, видно на странице пользователя."
NOT_WAITING = "Приглашение нужно только тому, кто ещё ни разу не входил и не отключён."


def _manager(request: HttpRequest) -> User:
    """The visitor, who must be allowed to manage users."""
    user = author(request)
    open_or_403(users_refusal(user))
    return user


def _managed(request: HttpRequest, pk: int) -> tuple[User, User]:
    """The visitor and the user they may edit."""
    manager = _manager(request)
    person = get_object_or_404(User, pk=pk)
    open_or_403(user_edit_refusal(manager, person))
    return manager, person


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who may log in, and who may no longer."""
    _manager(request)
    return listing_response(request, People(request.GET, request.user), "accounts/users.html")


@require_http_methods(["GET", "HEAD", "POST"])
def user_invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by e-mail."""
    manager = _manager(request)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invited = invite(**form.cleaned_data, by=manager)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, WRITTEN.format(email=invited.email))
            return redirect("user", invited.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/user_invite.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what the secretariat may change, and what has changed."""
    manager, person = _managed(request, pk)
    form = UserForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=manager)
        except EditConflict as conflict:
            return conflict_page(request, form, conflict, cancel_url=person.get_absolute_url())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Изменения сохранены.")
            return redirect("user", pk)
    stored = User.objects.get(pk=pk)  # the form has changed `person` by what was typed
    context = {
        "form": form,
        "person": stored,
        "state": state_of(stored),
        "invitation": invitation_of(stored),
        "speaks_for_cities": Permission.KEEP_OWN_MUNICIPALITY in permissions_of(stored.role),
        "deactivate_refusal": user_deactivate_refusal(manager, stored),
        "reinvite_refusal": _reinvite_refusal(stored),
        "history": account_history(stored),
        "roles": list(stored.role_records.to_show()),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/user.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def user_role_void(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Void a wrong row of somebody's roles; the right one may be written with it."""
    manager, person = _managed(request, pk)
    wrong = get_object_or_404(person.role_records.select_related("voided_by", "user"), pk=row)
    open_or_403(void_refusal(wrong))

    def write(reason: str, version: int, right: RightRoleForm | None) -> None:
        void_role(wrong, reason=reason, by=manager, version=version, replacement=right.said() if right else None)

    return void_page(
        request,
        wrong,
        version=person.version,
        trail=[Crumb("Пользователи", reverse("users")), Crumb(str(person), person.get_absolute_url())],
        write=write,
        refused=ValidationError,
        right=partial(RightRoleForm, wrong),
    )


@require_POST
def user_reinvite(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the invitation again to somebody who has not logged in yet."""
    manager, person = _managed(request, pk)
    open_or_403(_reinvite_refusal(person))
    write_invitation(person, by=manager)
    messages.success(request, WRITTEN.format(email=person.email))
    return redirect("user", pk)


@require_POST
def user_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an account off."""
    manager, person = _managed(request, pk)
    open_or_403(user_deactivate_refusal(manager, person))
    try:
        deactivate(person, by=manager)
    except ValidationError as refused:
        raise PermissionDenied(refused.messages[0]) from refused
    messages.success(request, f"{person} больше не может входить в портал.")
    return redirect("user", pk)


@require_POST
def user_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch an account on again."""
    manager, person = _managed(request, pk)
    activate(person, by=manager)
    messages.success(request, f"{person} снова может входить в портал.")
    return redirect("user", pk)


def _reinvite_refusal(person: User) -> str | None:
    """Why there is nobody to invite again."""
    return None if state_of(person) == AccountState.INVITED else NOT_WAITING
