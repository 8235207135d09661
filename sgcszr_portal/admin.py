"""Digests in Django admin: to see what left and what did not, never to touch."""

from django.contrib import admin

from revisions.admin import ReadOnlyAdmin
from sgcszr_portal.models import ReminderDelivery


@admin.register(ReminderDelivery)
class ReminderDeliveryAdmin(ReadOnlyAdmin):
    list_display = ["day", "user", "mail"]
    list_select_related = ["user", "mail"]
