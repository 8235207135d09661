"""Addresses below /municipalities/."""

from django.urls import path

from municipalities import views

urlpatterns = [
    path("", views.municipalities, name="municipalities"),
    path("export.xlsx", views.municipalities_export, name="municipalities_export"),
    path("add/", views.municipality_add, name="municipality_add"),
    path("<slug:slug>/", views.municipality, name="municipality"),
    path("<slug:slug>/participation/", views.municipality_participation, name="municipality_participation"),
    path("<slug:slug>/edit/", views.municipality_edit, name="municipality_edit"),
    path("<slug:slug>/listing/", views.municipality_listing, name="municipality_listing"),
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
