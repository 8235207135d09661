"""The technical administrator looks after the worker."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe
from django_tasks_db.models import DBTaskResult

from accounts.requests import open_or_403
from background.queue import repeat
from listings.answering import listing_response
from revisions.sent_once import turned_back
from sgcszr_portal.access import background_refusal
from sgcszr_portal.background import Tasks, name_of


@require_safe
def background(request: HttpRequest) -> HttpResponse:
    """Whether a worker lives, and what waits, runs, failed, was done."""
    open_or_403(background_refusal(request.user))
    return listing_response(request, Tasks(request.GET, request.user), "sgcszr_portal/background.html")


@require_POST
def task_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a task that failed begin anew."""
    open_or_403(background_refusal(request.user))
    row = get_object_or_404(DBTaskResult, pk=pk)
    if not repeat(row):
        return turned_back(request, "Повторить можно только задачу, которая не выполнена.", "background")
    messages.success(request, f"Задача снова ждёт: {name_of(row)}.")
    return redirect("background")
