"""What every log line and problem of one request carries: its id, and nothing personal."""

import structlog


def request_id() -> str | None:
    """Return the id of the request under way, if there is one."""
    return structlog.contextvars.get_contextvars().get("request_id")


def bind_request(identifier: str) -> None:
    """Begin a request: every log line until :func:`clear_request` carries ``identifier``."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=identifier)


def clear_request() -> None:
    """End the request."""
    structlog.contextvars.clear_contextvars()
