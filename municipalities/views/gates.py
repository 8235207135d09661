"""How a page finds its municipality, or says that it is not there."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from municipalities.access import visible_municipalities
from municipalities.columns import annotated
from municipalities.models import Municipality
from russian.collation import sort_key

CHANGED = "Пока форма была открыта, сведения изменились. Проверьте их и отправьте форму снова."


def municipality_or_404(request: HttpRequest, slug: str) -> Municipality:
    """A municipality with what its columns compute, if this visitor may see it.

    Raises:
        Http404: there is none, or it was taken off the list and the visitor is not of the Union's staff.
    """
    return get_object_or_404(annotated(visible_municipalities(request.user)), slug=slug)


def regions_in_use() -> list[str]:
    """Regions in use, offered while typing: one region must not get two spellings."""
    return sorted(Municipality.objects.values_list("region", flat=True).distinct(), key=sort_key)
