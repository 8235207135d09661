"""Addresses below /municipalities/."""

from django.urls import path

from municipalities import views
from municipalities.views import (
    comparison,
    contacts,
    head,
    imports,
    index,
    membership,
    mergers,
    naming,
    participation,
    personal_links,
)

urlpatterns = [
    path("", views.municipalities, name="municipalities"),
    path("export.xlsx", views.municipalities_export, name="municipalities_export"),
    path("compare/", comparison.municipalities_compare, name="municipalities_compare"),
    path("merge/", mergers.municipalities_merge, name="municipalities_merge"),
    path("import/", imports.municipalities_import, name="municipalities_import"),
    path("import/<int:pk>/", imports.municipality_import, name="municipality_import"),
    path("import/<int:pk>/apply/", imports.municipality_import_apply, name="municipality_import_apply"),
    path("import/<int:pk>/discard/", imports.municipality_import_discard, name="municipality_import_discard"),
    path("import/<int:pk>/again/", imports.municipality_import_again, name="municipality_import_again"),
    path("import/<int:pk>/files/<int:file_pk>/", imports.municipality_import_file, name="municipality_import_file"),
    path(
        "import/<int:pk>/files/<int:file_pk>/errors.xlsx",
        imports.municipality_import_errors,
        name="municipality_import_errors",
    ),
    path(
        "import/questionnaires/<slug:slug>.xlsx",
        imports.municipality_questionnaire,
        name="municipality_questionnaire",
    ),
    path("links/<int:pk>/renew/", personal_links.personal_link_renew, name="personal_link_renew"),
    path("links/<int:pk>/withdraw/", personal_links.personal_link_withdraw, name="personal_link_withdraw"),
    path("add/", views.municipality_add, name="municipality_add"),
    path("<slug:slug>/", views.municipality, name="municipality"),
    path("<slug:slug>/participation/", views.municipality_participation, name="municipality_participation"),
    path("<slug:slug>/participation/confirm/", participation.municipality_confirm, name="municipality_confirm"),
    path(
        "<slug:slug>/participation/<int:pk>/void/",
        participation.municipality_participation_void,
        name="municipality_participation_void",
    ),
    path("<slug:slug>/index/add/", index.municipality_index_add, name="municipality_index_add"),
    path("<slug:slug>/index/<int:year>/", index.municipality_index_edit, name="municipality_index_edit"),
    path("<slug:slug>/index/<int:year>/delete/", index.municipality_index_delete, name="municipality_index_delete"),
    path("<slug:slug>/contacts/add/", contacts.municipality_contact_add, name="municipality_contact_add"),
    path("<slug:slug>/contacts/<int:pk>/", contacts.municipality_contact_edit, name="municipality_contact_edit"),
    path(
        "<slug:slug>/contacts/<int:pk>/delete/",
        contacts.municipality_contact_delete,
        name="municipality_contact_delete",
    ),
    path("<slug:slug>/edit/", views.municipality_edit, name="municipality_edit"),
    path("<slug:slug>/listing/", views.municipality_listing, name="municipality_listing"),
    path("<slug:slug>/membership/", membership.municipality_membership, name="municipality_membership"),
    path(
        "<slug:slug>/membership/<int:pk>/void/",
        membership.municipality_membership_void,
        name="municipality_membership_void",
    ),
    path("<slug:slug>/name/", naming.municipality_naming, name="municipality_naming"),
    path("<slug:slug>/name/<int:pk>/void/", naming.municipality_naming_void, name="municipality_naming_void"),
    path("<slug:slug>/head/", head.municipality_head, name="municipality_head"),
    path("<slug:slug>/head/<int:pk>/void/", head.municipality_head_void, name="municipality_head_void"),
    path("<slug:slug>/merger/<int:pk>/void/", mergers.municipality_merger_void, name="municipality_merger_void"),
    path("<slug:slug>/representatives/", views.municipality_representatives, name="municipality_representatives"),
    path(
        "<slug:slug>/representatives/invite/",
        views.municipality_representative_invite,
        name="municipality_representative_invite",
    ),
    path(
        "<slug:slug>/representatives/<int:pk>/remove/",
        views.municipality_representative_remove,
        name="municipality_representative_remove",
    ),
]
