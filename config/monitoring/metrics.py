"""/metrics: what /healthz tells, as Prometheus reads it, for whoever has METRICS_TOKEN. A label holds the name of a part and nothing else."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.health import PARTS, look

if TYPE_CHECKING:
    from prometheus_client import Metric


@require_safe
@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """404 for everybody else, as where there is no token: nobody learns which it is."""
    if not allowed(request):
        raise Http404
    from prometheus_client import CollectorRegistry, generate_latest  # most installations never ask
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

    registry = CollectorRegistry()
    registry.register(Parts())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def allowed(request: HttpRequest) -> bool:
    sent, wanted = request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(sent.encode(), wanted.encode())


class Parts:
    """What prometheus-client calls a collector: each part is asked when Prometheus asks."""

    def describe(self) -> list[Metric]:
        """The names are not known before the parts answer."""
        return []

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        well = GaugeMetricFamily("attest_ok", "Whether a part of Attest is well: 1 or 0.", labels=["part"])
        for part, ask in PARTS.items():
            state = look(ask)
            well.add_metric([part], float(state["ok"] is True))
            for name, value in state.items():
                if name != "ok" and isinstance(value, int):  # a number that nobody can tell is None
                    yield GaugeMetricFamily(f"attest_{part}_{name}", f"As /healthz tells it: {name} of {part}.", value=value)
        yield well
