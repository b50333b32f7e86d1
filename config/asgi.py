"""One port for HTTP and WebSocket: the WSGI app inside ASGI, ``/ws/`` beside it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from typing import Any

from a2wsgi import WSGIMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter

from config.database import THREADS
from config.wsgi import application as wsgi_application
from kernel.realtime.routing import websocket_urlpatterns

_wsgi: Any = wsgi_application  # Django and a2wsgi describe the same protocol in different words
_http = WSGIMiddleware(_wsgi, workers=THREADS)


async def http(scope: Any, receive: Any, send: Any) -> None:
    """Hand a request to the WSGI app. This function will wrap ``receive``: the server gives a future, a2wsgi wants a coroutine."""

    async def body() -> Any:
        return await receive()

    await _http(scope, body, send)


application = ProtocolTypeRouter({"http": http, "websocket": URLRouter(websocket_urlpatterns)})
