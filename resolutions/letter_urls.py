"""Addresses below /letters/."""

from django.urls import path

from resolutions.views import letters, papers

urlpatterns = [
    path("", letters.letters, name="letters"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/edit/", letters.letter_edit, name="letter_edit"),
    path("<int:pk>/letter.pdf", papers.letter_pdf, name="letter_pdf"),
    path("<int:pk>/letter.docx", papers.letter_docx, name="letter_docx"),
]
