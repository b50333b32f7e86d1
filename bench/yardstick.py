"""The yardstick of ``payments.http.ratio``: the same authentication and body reading, then one row."""

import msgspec
from django.db import connection
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.ids import new_id
from kernel.web import SignedIn, principal_of

COLUMNS = ("id", "actor", "key", "amount", "code", "at")


class InsertRow(APIView):
    """Inserts one row for the one who is signed in."""

    permission_classes = [SignedIn]  # noqa: RUF012 - DRF's own form

    def post(self, request: Request) -> HttpResponse:
        """Read the body, insert, answer 201."""
        body = msgspec.json.decode(request._request.body)  # noqa: SLF001
        row = new_id()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO bench_row (id, actor, key, amount, code, at) VALUES (%s, %s, %s, %s, %s, %s)",
                [
                    row,
                    principal_of(request).actor,
                    request.headers["Idempotency-Key"],
                    body["amount"],
                    body["code"],
                    clock.now(),
                ],
            )
        return HttpResponse(msgspec.json.encode({"id": row}), status=201, content_type="application/json")
