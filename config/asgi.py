"""One port for HTTP and WebSocket: the WSGI app inside ASGI, ``/ws/`` beside it."""

import os
import re

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from typing import Any

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter

from config.database import THREADS
from config.wsgi import application as wsgi_application
from kernel.realtime.routing import websocket_urlpatterns

_wsgi: Any = wsgi_application  # Django and a2wsgi describe the same protocol in different words
_http = WSGIMiddleware(_wsgi, workers=THREADS)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


async def http(scope: Any, receive: Any, send: Any) -> None:
    """Hand a request to the WSGI app. This function will wrap ``receive``: the server gives a future, a2wsgi wants a coroutine.

    Letters that somebody typed into an address as they are stand there as they should have been sent.
    """

    async def body() -> Any:
        return await receive()

    query = _NOT_ASCII.sub(lambda byte: b"%%%02X" % ord(byte[0]), bytes(scope["query_string"]))
    asked: Any = {**scope, "query_string": query}
    await _http(asked, body, send)


application = ProtocolTypeRouter({"http": http, "websocket": URLRouter(websocket_urlpatterns)})
