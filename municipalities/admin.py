"""The technical administrator's view: to read, not to work with."""

from django.contrib import admin

from municipalities.models import Municipality, ParticipationRecord, Representative
from revisions.admin import ReadOnlyAdmin


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ["name", "region", "oktmo", "is_listed", "version"]
    search_fields = ["search_text"]


@admin.register(ParticipationRecord)
class ParticipationRecordAdmin(ReadOnlyAdmin):
    list_display = ["municipality", "status", "happened_on", "recorded_at", "actor_name"]
    list_filter = ["status"]
    list_select_related = ["municipality"]


@admin.register(Representative)
class RepresentativeAdmin(ReadOnlyAdmin):
    list_display = ["municipality", "user", "since", "until"]
    list_select_related = ["municipality", "user"]
