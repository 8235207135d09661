"""The technical administrator's view: to read, not to work with."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from municipalities.models import Municipality, ParticipationRecord, Representative

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:
    Admin = admin.ModelAdmin


class ReadOnly(Admin):
    """Changes go through the portal's pages, which keep history and versions."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnly):
    """Municipalities."""

    list_display = ["name", "region", "oktmo", "is_listed", "version"]
    search_fields = ["search_text"]


@admin.register(ParticipationRecord)
class ParticipationRecordAdmin(ReadOnly):
    """Participation."""

    list_display = ["municipality", "status", "effective_on", "recorded_at", "recorded_by_name"]
    list_filter = ["status"]
    list_select_related = ["municipality"]


@admin.register(Representative)
class RepresentativeAdmin(ReadOnly):
    """Representatives."""

    list_display = ["municipality", "user"]
    list_select_related = ["municipality", "user"]
