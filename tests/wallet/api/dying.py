"""The city's HTTP on a server that is killed when a view has answered and nothing has been sent, if the request asks for it."""

import os
import signal
from collections.abc import Callable, Iterable
from typing import Any

from config.wsgi import application as city

WISH = "HTTP_X_DIE_BEFORE_ANSWERING"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Let the city do all it does, then die without a word."""
    answer = city(environ, start_response)
    if WISH in environ:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
