"""How a page finds its record, or says that it is not there."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from resolutions.models import DecisionPoint, Letter, Resolution
from resolutions.models.party import PARTIES


def resolution_or_404(request: HttpRequest, slug: str) -> Resolution:
    """The decision, if this visitor may see it.

    Raises:
        Http404: there is none, or it is a draft and the visitor is not staff.
    """
    return get_object_or_404(
        Resolution.objects.visible_to(request.user)
        .select_related("survey_round", "issued_document__withdrawal")
        .prefetch_related("points"),
        slug=slug,
    )


def point_or_404(request: HttpRequest, slug: str, number: int) -> DecisionPoint:
    """A point of a visible decision.

    Raises:
        Http404: there is none for this visitor.
    """
    resolution = resolution_or_404(request, slug)
    points = resolution.points.select_related("resolution", *PARTIES)
    return get_object_or_404(points, number=number)


def letter_or_404(request: HttpRequest, pk: int) -> Letter:
    """A letter, if this visitor may see it: in the register, or as everybody.

    Raises:
        Http404: there is none for this visitor.
    """
    return get_object_or_404(Letter.objects.readable_by(request.user).with_documents(), pk=pk)
