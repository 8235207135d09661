"""Who may do what with information exchange. Each rule says in Russian why it refuses."""

from django.db.models import QuerySet

from accounts.access import NotYours, Visitor, has_permission, permission_refusal
from accounts.roles import Permission
from municipalities.access import represents
from municipalities.models import Representative
from municipalities.surveys.models import RoundStatus, SurveyResponse, SurveyRound


def visible_rounds(user: Visitor) -> QuerySet[SurveyRound]:
    """The Union's people see every round; representatives those that were opened to their own municipality."""
    if has_permission(user, Permission.READ_INTERNAL):
        return SurveyRound.objects.all()
    begun = SurveyRound.objects.exclude(status=RoundStatus.DRAFT)
    return begun.filter(pk__in=visible_responses(user).values("round"))


def visible_responses(user: Visitor) -> QuerySet[SurveyResponse]:
    """The Union's people see every response; representatives what they speak for, once the round was opened.

    A query at once, for the keys of whom they speak for: nested, they would be asked for each response.
    """
    if has_permission(user, Permission.READ_INTERNAL):
        return SurveyResponse.objects.all()
    if not has_permission(user, Permission.KEEP_OWN_MUNICIPALITY):
        return SurveyResponse.objects.none()
    own = list(Representative.objects.speaking().filter(user=user).values_list("municipality", flat=True))
    return SurveyResponse.objects.filter(municipality__in=own).exclude(round__status=RoundStatus.DRAFT)


def can_see_survey_results(user: Visitor) -> bool:
    """The board and the summary name other municipalities: for the Union's people."""
    return has_permission(user, Permission.READ_INTERNAL)


def survey_edit_refusal(user: Visitor) -> str | None:
    """Why the user may not prepare rounds, write to municipalities, accept and return; None when allowed."""
    return permission_refusal(user, Permission.RUN_SURVEYS, "Информационный обмен ведёт секретариат.")


def survey_answer_refusal(user: Visitor, response: SurveyResponse) -> str | None:
    """Why the user may not fill the form in; None when the user speaks for the municipality."""
    if represents(user, response.municipality):
        return None
    return NotYours(
        "Ответ заполняет представитель муниципального образования: у секретариата и председателя он для чтения."
    )
