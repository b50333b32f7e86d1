"""Structured logs: one JSON object a line, with the request's id and no personal data."""

import logging
from typing import Any

import structlog

PERSONAL = frozenset(
    {"email", "phone", "name", "display_name", "address", "birthdate", "code", "token", "password", "to", "body"}
)


def withhold_personal(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Blank members whose name says that they are personal or secret, however deep; the last guard, not the first."""
    return {key: "withheld" if key in PERSONAL else _without_personal(value) for key, value in event.items()}


def _without_personal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "withheld" if key in PERSONAL else _without_personal(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_personal(part) for part in value]
    return value


PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    withhold_personal,
]


def configure(level: str) -> None:
    """Send structlog through the standard logging module."""
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.getLogger().setLevel(level)
