"""Whether the process lives, and whether the portal can work; for those who look after it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sgcszr_portal.readiness import readiness


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness: the process answers. It asks nothing of database, session or disk, which a restart would not mend."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Readiness: each check by its name; 503 when one failed."""
    is_ready, told = readiness()
    return JsonResponse(told, status=200 if is_ready else 503)
