"""Addresses below /practices/."""

from django.urls import path

from municipalities.practices.views import commitments, editions, promise_by_link, requests
from municipalities.practices.views import practices as views

urlpatterns = [
    path("", views.practices, name="practices"),
    path("uptake/", views.practices_uptake, name="practices_uptake"),
    path("add/", views.practice_add, name="practice_add"),
    path("requests/", requests.practice_requests, name="practice_requests"),
    path("requests/<int:pk>/", requests.practice_request, name="practice_request"),
    path("requests/<int:pk>/mail/", requests.practice_request_mail, name="practice_request_mail"),
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/add/", commitments.commitment_add, name="commitment_add"),
    path("commitments/add/<slug:slug>/", commitments.commitment_make, name="commitment_make"),
    path(
        "commitments/by-link/<slug:purpose>/<str:token>/", promise_by_link.commitment_by_link, name="commitment_by_link"
    ),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/steps/<int:step>/void/", commitments.commitment_void, name="commitment_void"),
    path("commitments/<int:pk>/<slug:action>/", commitments.commitment_step, name="commitment_step"),
    path("editions/", editions.editions, name="editions"),
    path("editions/add/", editions.edition_add, name="edition_add"),
    path("editions/<int:year>/edit/", editions.edition_edit, name="edition_edit"),
    path("<int:pk>/", views.practice, name="practice"),
    path("<int:pk>/edit/", views.practice_edit, name="practice_edit"),
    path("<int:pk>/publication/", views.practice_publication, name="practice_publication"),
    path("<int:pk>/adoption/", views.practice_adopt, name="practice_adopt"),
    path("<int:pk>/adoption/<slug:slug>/", views.practice_adoption, name="practice_adoption"),
    path("<int:pk>/adoption/<slug:slug>/<int:mark>/void/", views.practice_mark_void, name="practice_mark_void"),
    path("<int:pk>/ask/", requests.practice_ask, name="practice_ask"),
]
