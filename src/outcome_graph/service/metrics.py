"""Figures for operators, in the text format of Prometheus.

A WSGI wrapper counts and times requests outside the response cache, so that answers from the
cache count too; a second one inside tells whether a request got past the cache. Routes are told by
the first segment of their path where it is one of ours, so that nobody can make new time series.

Requests are tallied here and become Prometheus' families only when they are asked for: an answer
from the cache takes 6 µs, and the library's own counters and histogram took 13 more.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from outcome_graph.pipeline import OutcomeGraph
    from outcome_graph.service.cache import ResponseCache

__all__ = ["CONTENT_TYPE", "Metrics"]

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_PAST_CACHE = "outcome_graph.past_cache"
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"))
#: Upper bounds in seconds of the histogram's buckets; a last one takes the rest.
_BUCKETS = (
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
)  # fmt: skip


class _Tally:
    """Requests of one kind."""

    __slots__ = ("buckets", "count", "seconds")

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0
        self.buckets = [0] * (len(_BUCKETS) + 1)

    def add(self, other: _Tally) -> None:
        self.count += other.count
        self.seconds += other.seconds
        self.buckets = [a + b for a, b in zip(self.buckets, other.buckets, strict=True)]


class Metrics(Collector):
    """Counts requests of one application and reads the gauges of its graph.

    Parameters:
        graph: whose revision, readers and queue are shown.
    """

    def __init__(self, graph: OutcomeGraph) -> None:
        self._graph = graph
        self._cache: ResponseCache | None = None
        self._routes: frozenset[str] = frozenset()
        self._lock = threading.Lock()
        #: By method, first segment of the path, status, and whether the cache had it.
        self._tallies: dict[tuple[str, str, str, bool], _Tally] = {}
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def text(self) -> bytes:
        """Return all figures."""
        return generate_latest(self._registry)

    # -- counting -------------------------------------------------------------------------------

    def behind_cache(self, app: WSGIApplication) -> WSGIApplication:
        """Wrap what lies behind the cache: a request that gets here was not answered by it."""

        def past_cache(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            environ[_PAST_CACHE] = True
            return app(environ, start_response)

        return past_cache

    def in_front(
        self, app: WSGIApplication, rules: Iterable[str], cache: ResponseCache
    ) -> WSGIApplication:
        """Wrap everything.

        Parameters:
            app: the cache, and what is behind it.
            rules: the application's routes ("/record/<name>").
            cache: whose size is shown.
        """
        firsts = (rule.split("/")[1] for rule in rules)
        self._routes = frozenset(first for first in firsts if first and "<" not in first)
        self._cache = cache

        def counted(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            return self._count(app, environ, start_response)

        return counted

    def _count(
        self, app: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        began = time.perf_counter()
        method = environ["REQUEST_METHOD"]
        said = "500"

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal said
            said = status[:3]
            return start_response(status, headers, *more)

        try:
            return app(environ, start)
        finally:
            # A view that streams has said its status, and been asked for a first piece, by now.
            taken = time.perf_counter() - began
            route = self._route(environ.get("PATH_INFO", ""))
            method = method if method in _METHODS else "other"
            kind = (method, route, said, _PAST_CACHE not in environ)
            with self._lock:
                tally = self._tallies.get(kind)
                if tally is None:
                    tally = self._tallies[kind] = _Tally()
                tally.count += 1
                tally.seconds += taken
                tally.buckets[bisect_left(_BUCKETS, taken)] += 1

    def _route(self, path: str) -> str:
        first = path[1:].partition("/")[0]
        if first in self._routes:
            return first
        if not first:
            return "/"
        stem = first.partition(".")[0]
        return stem if stem in self._routes else "other"

    # -- showing --------------------------------------------------------------------------------

    def describe(self) -> Iterable[Metric]:
        """Name no families beforehand: nothing needs to be read to register."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Yield the figures of this moment."""
        yield from self._of_requests()
        yield GaugeMetricFamily(
            "outcome_graph_revision", "Newest revision.", value=self._graph.store.revision()
        )
        readers = self._graph.readers()
        if readers is not None:
            family = GaugeMetricFamily(
                "outcome_graph_readers", "Reader processes, by state.", labels=("state",)
            )
            for state in ("idle", "busy", "slow"):
                family.add_metric((state,), readers[state])
            yield family
            yield GaugeMetricFamily(
                "outcome_graph_queue", "Queries that wait for a reader.", value=readers["waiting"]
            )
        if self._cache is not None:
            yield GaugeMetricFamily(
                "outcome_graph_cache_bytes", "Bytes in the cache.", value=self._cache.bytes
            )
            yield GaugeMetricFamily(
                "outcome_graph_cache_entries", "Answers in the cache.", value=len(self._cache)
            )

    def _of_requests(self) -> Iterator[Metric]:
        by_kind: dict[tuple[str, str, str], int] = defaultdict(int)
        by_route: dict[str, _Tally] = defaultdict(_Tally)
        by_cache = {"hit": 0, "miss": 0}
        with self._lock:
            for (method, route, status, hit), tally in self._tallies.items():
                by_kind[method, route, status] += tally.count
                by_route[route].add(tally)
                by_cache["hit" if hit else "miss"] += tally.count
        requests = CounterMetricFamily(
            "outcome_graph_requests",
            "Requests answered, by method, first part of the path, and status.",
            labels=("method", "route", "status"),
        )
        for labels, count in sorted(by_kind.items()):
            requests.add_metric(labels, count)
        yield requests
        seconds = HistogramMetricFamily(
            "outcome_graph_request_seconds",
            "Seconds until the answer begins.",
            labels=("route",),
        )
        for route, tally in sorted(by_route.items()):
            bounds = [*map(str, _BUCKETS), "+Inf"]
            buckets = list(zip(bounds, accumulate(tally.buckets), strict=True))
            seconds.add_metric((route,), buckets, tally.seconds)
        yield seconds
        cache = CounterMetricFamily(
            "outcome_graph_cache_answers",
            "Answers by the response cache: hit, or miss (made anew).",
            labels=("result",),
        )
        for result, count in by_cache.items():
            cache.add_metric((result,), count)
        yield cache
