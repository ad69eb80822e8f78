"""Log lines and counters: what an operator watches. Nothing secret and nothing personal goes in."""

import logging
import sys

import structlog
from prometheus_client import Counter, Gauge, Histogram

DELIVERIES = Counter(
    "earshot_deliveries_total",
    "Webhook requests by what became of them",
    ["outcome"],
)
TOKENS_REFUSED = Counter("earshot_id_tokens_refused_total", "ID tokens that were refused")
REQUESTS_REFUSED = Counter(
    "earshot_requests_refused_total", "Requests answered with an error, by status", ["status"]
)
RELAYED = Counter(
    "earshot_relayed_total", "Deliveries passed by the relay, by outcome", ["outcome"]
)
EVENTS = Counter(
    "earshot_events_total", "Events worked off, by type and verdict", ["type", "verdict"]
)
PARKED = Counter("earshot_parked_total", "Messages parked as dead letters", ["worker"])
RETRIES = Counter("earshot_retries_total", "Work put off because a door was closed", ["worker"])
LAG = Gauge("earshot_lag_seconds", "Age of the event that was worked off last", ["worker"])
INTERACTIONS = Counter(
    "earshot_interactions_total", "Interactions by what became of them", ["outcome"]
)
PURGED = Counter(
    "earshot_purged_deliveries_total", "Deliveries of shops that never came, forgotten"
)
COMPLIANCE = Counter(
    "earshot_compliance_requests_total",
    "Requests about privacy, by topic and what became of them",
    ["topic", "outcome"],
)
COMPLIANCE_OPEN = Gauge("earshot_compliance_requests_open", "Requests about privacy not yet done")
COMPLIANCE_DUE = Gauge(
    "earshot_compliance_due_seconds",
    "Time left of the open request about privacy that is due first, negative when it is late",
)
INTAKE_BATCH = Histogram(
    "earshot_intake_batch_size", "Deliveries per commit", buckets=(1, 2, 5, 10, 25, 50, 100, 256)
)

SYNC_STEPS = Counter(
    "earshot_sync_steps_total", "Steps of work that was due, by outcome", ["kind", "outcome"]
)
SYNC_LAG = Gauge("earshot_sync_lag_seconds", "How long the work taken last had been due")
TOPICS_SILENT = Counter(
    "earshot_topics_silent_total",
    "Times a topic was found to be silent though Shopify had news of it",
    ["topic"],
)


def configure_logging(log_format: str) -> None:
    """Readable lines for a console, JSON for a collector; to standard error either way."""
    structlog.configure(
        processors=processors(log_format),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def processors(log_format: str) -> list[structlog.typing.Processor]:
    """Traces come as plain text: the prettier ones show the values of variables."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        renderer,
    ]
