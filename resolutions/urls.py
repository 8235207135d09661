"""Addresses below /resolutions/."""

from django.urls import path

from resolutions.views import attaching, execution, members, papers, past, points, report_by_link, resolution, signing
from resolutions.views.letters import mailings

urlpatterns = [
    path("", resolution.resolutions, name="resolutions"),
    path("add/", resolution.resolution_add, name="resolution_add"),
    path("past/", past.past, name="past"),
    path("past/template.xlsx", past.past_template, name="past_template"),
    path("past/portal.xlsx", past.past_export, name="past_export"),
    path("past/<int:pk>/", past.past_import, name="past_import"),
    path("past/<int:pk>/apply/", past.past_import_apply, name="past_import_apply"),
    path("past/<int:pk>/discard/", past.past_import_discard, name="past_import_discard"),
    path("past/<int:pk>/again/", past.past_import_again, name="past_import_again"),
    path("past/<int:pk>/file/", past.past_import_file, name="past_import_file"),
    path("past/<int:pk>/errors.xlsx", past.past_import_errors, name="past_import_errors"),
    path("reports/by-link/<str:token>/", report_by_link.member_report_by_link, name="member_report_by_link"),
    path("<slug:slug>/", resolution.resolution, name="resolution"),
    path("<slug:slug>/edit/", resolution.resolution_edit, name="resolution_edit"),
    path("<slug:slug>/history/", resolution.resolution_history, name="resolution_history"),
    path("<slug:slug>/adopt/", resolution.resolution_adopt, name="resolution_adopt"),
    path("<slug:slug>/reopen/", resolution.resolution_reopen, name="resolution_reopen"),
    path("<slug:slug>/sign/", signing.resolution_sign, name="resolution_sign"),
    path("<slug:slug>/signature/", attaching.resolution_signature, name="resolution_signature"),
    path("<slug:slug>/scan/", attaching.resolution_scan, name="resolution_scan"),
    path("<slug:slug>/decision.pdf", papers.decision_pdf, name="decision_pdf"),
    path("<slug:slug>/decision.docx", papers.decision_docx, name="decision_docx"),
    path("<slug:slug>/appeal.pdf", papers.appeal_pdf, name="appeal_pdf"),
    path("<slug:slug>/execution/", execution.execution, name="execution"),
    path("<slug:slug>/execution.pdf", execution.execution_pdf, name="execution_pdf"),
    path("<slug:slug>/execution.docx", execution.execution_docx, name="execution_docx"),
    path("<slug:slug>/execution.xlsx", execution.execution_xlsx, name="execution_xlsx"),
    path("<slug:slug>/points/", execution.execution_points, name="execution_points"),
    path("<slug:slug>/letters/", execution.execution_letters, name="execution_letters"),
    path("<slug:slug>/points/<int:number>/", points.point, name="point"),
    path("<slug:slug>/points/<int:number>/steps/<slug:action>/", points.point_step, name="point_step"),
    path("<slug:slug>/points/<int:number>/entries/<int:pk>/void/", points.point_void, name="point_void"),
    path("<slug:slug>/points/<int:number>/members/", members.point_members, name="point_members"),
    path("<slug:slug>/points/<int:number>/remind/", members.point_members_remind, name="point_members_remind"),
    path("<slug:slug>/points/<int:number>/answers/", members.point_answers, name="point_answers"),
    path("<slug:slug>/points/<int:number>/members/<slug:town>/", members.point_member, name="point_member"),
    path(
        "<slug:slug>/points/<int:number>/members/<slug:town>/link/", members.point_member_link, name="point_member_link"
    ),
    path(
        "<slug:slug>/points/<int:number>/members/<slug:town>/report/",
        members.point_member_report,
        name="point_member_report",
    ),
    path(
        "<slug:slug>/points/<int:number>/members/<slug:town>/return/",
        members.point_member_return,
        name="point_member_return",
    ),
    path(
        "<slug:slug>/points/<int:number>/members/<slug:town>/<int:pk>/void/",
        members.point_member_void,
        name="point_member_void",
    ),
    path("<slug:slug>/mailings/<slug:kind>/", mailings.mailing_add, name="mailing_add"),
    path("<slug:slug>/points/<int:number>/appeal/", points.point_appeal, name="point_appeal"),
]
