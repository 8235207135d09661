"""Addresses of the portal; each room adds its own."""

from django.contrib import admin
from django.urls import include, path

from resolutions.views import sheet
from sgcszr_portal.views import archive, background, due, handing_over, health, pages

urlpatterns = [
    path("", pages.overview, name="overview"),
    path("due/", due.due, name="due"),
    path("due/calendar/", due.calendar_address, name="calendar_address"),
    path("due/calendar/<str:key>.ics", due.calendar, name="calendar"),
    path("due/handing-over/", handing_over.handing_over_page, name="handing_over"),
    path("due/handing-over.pdf", handing_over.handing_over_pdf, name="handing_over_pdf"),
    path("resolutions/", include("resolutions.urls")),
    path("points/", sheet.points, name="points"),
    path("points.pdf", sheet.points_pdf, name="points_pdf"),
    path("points.xlsx", sheet.points_xlsx, name="points_xlsx"),
    path("letters/", include("resolutions.letter_urls")),
    path("municipalities/", include("municipalities.urls")),
    path("municipalities/", include("municipalities.practices.solution_urls")),
    path("practices/", include("municipalities.practices.urls")),
    path("surveys/", include("municipalities.surveys.urls")),
    path("verify/", include("documents.urls")),
    path("papers/", include("documents.prepared_urls")),
    path("accounts/", include("accounts.urls")),
    path("archive/", archive.archive, name="archive"),
    path("archive/portal.zip", archive.archive_zip, name="archive_zip"),
    path("archive/<str:key>/portal.zip", archive.archive_file, name="archive_file"),
    path("background/", background.background, name="background"),
    path("background/<uuid:pk>/again/", background.task_again, name="task_again"),
    path("help/", pages.help_page, name="help"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

handler400 = "sgcszr_portal.errors.bad_request"
handler403 = "sgcszr_portal.errors.forbidden"
handler404 = "sgcszr_portal.errors.not_found"
handler500 = "sgcszr_portal.errors.server_error"
