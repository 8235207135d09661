"""Who may see which issued document."""

from django.db.models import Q

from accounts.access import Visitor, is_union_staff


def visible_documents(user: Visitor) -> Q:
    """A condition on `IssuedDocument`: public ones are for everybody, the others for the Union's staff."""
    return Q() if is_union_staff(user) else Q(is_public=True)
