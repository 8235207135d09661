"""Who may do what with information exchange. Each rule says in Russian why it refuses."""

from django.db.models import QuerySet

from accounts.access import Visitor, is_secretariat, is_union_staff
from accounts.models import Role, User
from municipalities.access import represents
from municipalities.surveys.models import RoundStatus, SurveyResponse, SurveyRound


def visible_rounds(user: Visitor) -> QuerySet[SurveyRound]:
    """The Union's people see every round; representatives those that were opened to their own municipality."""
    if is_union_staff(user):
        return SurveyRound.objects.all()
    begun = SurveyRound.objects.exclude(status=RoundStatus.DRAFT)
    return begun.filter(pk__in=visible_responses(user).values("round"))


def visible_responses(user: Visitor) -> QuerySet[SurveyResponse]:
    """The Union's people see every response; representatives their own, once the round was opened."""
    if is_union_staff(user):
        return SurveyResponse.objects.all()
    if not (isinstance(user, User) and user.is_active and user.role == Role.MUNICIPAL):
        return SurveyResponse.objects.none()
    own = SurveyResponse.objects.filter(municipality__representatives__user=user)
    return own.exclude(round__status=RoundStatus.DRAFT)


def can_see_survey_results(user: Visitor) -> bool:
    """The board and the summary name other municipalities: for the Union's people."""
    return is_union_staff(user)


def survey_edit_refusal(user: Visitor) -> str | None:
    """Why the user may not prepare rounds, write to municipalities, accept and return; None when allowed."""
    return None if is_secretariat(user) else "Информационный обмен ведёт секретариат."


def survey_answer_refusal(user: Visitor, response: SurveyResponse) -> str | None:
    """Why the user may not fill the form in; None when the user speaks for the municipality."""
    if represents(user, response.municipality):
        return None
    return "Ответ заполняет представитель муниципального образования: у секретариата и председателя он для чтения."
