"""Addresses below /letters/."""

from django.urls import path

from resolutions.views import attaching, attachments, papers, signing
from resolutions.views.letters import incoming, letter, mailings, numbering, releasing

urlpatterns = [
    path("", letter.letters, name="letters"),
    path("numbering/", numbering.numbering, name="letter_numbering"),
    path("files/<int:pk>/", attachments.attachment, name="attachment"),
    path("mailings/<int:pk>/", mailings.mailing, name="mailing"),
    path("mailings/<int:pk>/letters.pdf", mailings.mailing_pdf, name="mailing_pdf"),
    path("mailings/<int:pk>/letters.zip", mailings.mailing_zip, name="mailing_zip"),
    path("mailings/<int:pk>/sign/", mailings.mailing_sign, name="mailing_sign"),
    path("mailings/<int:pk>/<slug:action>/", mailings.mailing_step, name="mailing_step"),
    path("incoming/", incoming.incoming_letters, name="incoming_letters"),
    path("incoming/numbering/", numbering.numbering, {"direction": "incoming"}, name="incoming_numbering"),
    path("incoming/add/", incoming.incoming_add, name="incoming_add"),
    path("incoming/<int:pk>/", incoming.incoming, name="incoming"),
    path("incoming/<int:pk>/entries/<int:entry>/void/", incoming.incoming_void, name="incoming_void"),
    path("<int:pk>/", letter.letter, name="letter"),
    path("<int:pk>/edit/", letter.letter_edit, name="letter_edit"),
    path("<int:pk>/sign/", signing.letter_sign, name="letter_sign"),
    path("<int:pk>/scan/", attaching.letter_scan, name="letter_scan"),
    path("<int:pk>/signature/", attaching.letter_signature, name="letter_signature"),
    path("<int:pk>/release/", releasing.letter_release, name="letter_release"),
    path("<int:pk>/release/<int:row>/void/", releasing.letter_release_void, name="letter_release_void"),
    path("<int:pk>/entries/<int:step>/void/", letter.letter_void, name="letter_void"),
    path("<int:pk>/steps/<slug:action>/", letter.letter_step, name="letter_step"),
    path("<int:pk>/repeat/", letter.letter_repeat, name="letter_repeat"),
    path("<int:pk>/letter.pdf", papers.letter_pdf, name="letter_pdf"),
    path("<int:pk>/letter.docx", papers.letter_docx, name="letter_docx"),
]
