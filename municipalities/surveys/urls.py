"""Addresses below /surveys/."""

from django.urls import path

from municipalities.surveys import views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("add/", views.survey_add, name="survey_add"),
    path("form/<str:token>/", views.survey_form, name="survey_form"),
    path("<int:pk>/", views.survey, name="survey"),
    path("<int:pk>/edit/", views.survey_edit, name="survey_edit"),
    path("<int:pk>/step/", views.survey_step, name="survey_step"),
    path("<int:pk>/questions/add/", views.survey_question_add, name="survey_question_add"),
    path("<int:pk>/questions/<int:question>/", views.survey_question_edit, name="survey_question_edit"),
    path("<int:pk>/questions/<int:question>/up/", views.survey_question_up, name="survey_question_up"),
    path("<int:pk>/questions/<int:question>/remove/", views.survey_question_remove, name="survey_question_remove"),
    path("<int:pk>/letters/<str:purpose>/", views.survey_letters, name="survey_letters"),
    path("<int:pk>/summary/", views.survey_summary, name="survey_summary"),
    path("<int:pk>/answers/", views.survey_answers, name="survey_answers"),
    path("<int:pk>/summary.xlsx", views.survey_summary_xlsx, name="survey_summary_xlsx"),
    path("<int:pk>/summary.pdf", views.survey_summary_pdf, name="survey_summary_pdf"),
    path("<int:pk>/responses/<slug:slug>/", views.survey_response, name="survey_response"),
    path("<int:pk>/responses/<slug:slug>/answer/", views.survey_answer, name="survey_answer"),
    path("<int:pk>/responses/<slug:slug>/accept/", views.survey_accept, name="survey_accept"),
    path("<int:pk>/responses/<slug:slug>/return/", views.survey_return, name="survey_return"),
    path("<int:pk>/responses/<slug:slug>/letters/<str:purpose>/", views.survey_letter, name="survey_letter"),
    path(
        "<int:pk>/responses/<slug:slug>/letters/<str:purpose>/letter.eml",
        views.survey_letter_file,
        name="survey_letter_file",
    ),
]
