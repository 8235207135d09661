"""Digests in Django admin: to see what left and what did not, never to touch. The queue has a page of its own."""

import django_tasks_db.admin  # noqa: F401 - registers the queue, which would be registered after this module otherwise
from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from revisions.admin import ReadOnlyAdmin
from sgcszr_portal.models import ReminderDelivery

admin.site.unregister(DBTaskResult)  # /background/ shows it, in Russian


@admin.register(ReminderDelivery)
class ReminderDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["day", "user", "mail"]
    list_select_related = ["user", "mail"]
