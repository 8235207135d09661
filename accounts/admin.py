"""People for the technical administrator."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import RoleRecord, User
from accounts.requests import author
from accounts.role_keeping import change_role
from revisions.admin import ReadOnlyAdmin

# The admin's own login page knows neither rate limits nor the second factor; this sends to the portal's.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign,no-untyped-call]  # untyped; Django means the method to be replaced


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django itself is not generic here
    """Accounts, technical administrators included; daily work goes through the portal's own pages."""

    list_display = ("name", "email", "role", "is_active", "is_superuser")
    search_fields = ("name", "email")
    fields = ("email", "name", "position", "role", "is_active", "is_staff", "is_superuser")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are switched off: history names them."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Store the account, tell allauth its address, and write a changed role down from today on."""
        if not change:
            obj.set_unusable_password()
        role, before = obj.role, (form.initial["role"] if change else obj.role)
        obj.role = before
        super().save_model(request, obj, form, change)
        obj.keep_address()
        if role != before:
            change_role(obj, role, since=timezone.localdate(), by=author(request))


@admin.register(RoleRecord)
class RoleRecordAdmin(ReadOnlyAdmin):
    """Who had which role since when; voidings too."""

    list_display = ("user", "name", "day_in_words", "recorded_at", "actor_name", "voids")
    list_select_related = ("user", "voids__user")
    search_fields = ("user__name", "user__email")
