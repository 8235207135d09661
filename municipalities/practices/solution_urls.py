"""Addresses of solutions, below that of their municipality."""

from django.urls import path

from municipalities.practices.views import solutions

urlpatterns = [
    path("<slug:slug>/solutions/add/", solutions.solution_add, name="solution_add"),
    path("<slug:slug>/solutions/<int:pk>/edit/", solutions.solution_edit, name="solution_edit"),
    path("<slug:slug>/solutions/<int:pk>/publication/", solutions.solution_publication, name="solution_publication"),
]
