"""The one WebSocket address."""

from typing import Any, cast

from django.urls import path, re_path

from kernel.realtime.consumers import Receive, Scope, Send, feeds


async def nowhere(_scope: Scope, receive: Receive, send: Send) -> None:
    """Refuse every other address quietly; the router would raise."""
    await receive()
    await send({"type": "websocket.close"})


websocket_urlpatterns = [path("ws/feeds", cast("Any", feeds)), re_path(r"", cast("Any", nowhere))]
