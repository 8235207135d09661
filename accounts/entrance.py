"""allauth's views as the portal serves them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

View = Callable[..., HttpResponseBase]


def unprocessable(view: View) -> View:
    """Let a form that was refused answer 422; allauth says 200.

    Args:
        view: a form view of allauth.

    Returns:
        The same view with that status.
    """

    @wraps(view)
    def with_status(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            form = (response.context_data or {}).get("form")
            if form is not None and form.errors:
                response.status_code = 422
        return response

    return with_status
