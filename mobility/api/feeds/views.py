"""Doors to the timetables that the city uses, for any other planner."""

from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import parse_etags, quote_etag
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel.ids import token_hash
from kernel.web import Open, describe, struct
from mobility.selectors.feeds import FeedList, feeds_in_use, open_file

FRESH_S = 60


class FeedsView(APIView):
    """Which timetables are used."""

    permission_classes = (Open,)

    @describe("The timetables that the city uses, their licences and days", answers=FeedList)
    def get(self, request: Request) -> HttpResponse:
        """Return all of them, the same for everybody."""
        answer = struct(feeds_in_use())
        tag = quote_etag(token_hash(answer.content.decode()).hex()[:32])
        answer["ETag"] = tag
        patch_cache_control(answer, public=True, max_age=FRESH_S)
        kept = get_conditional_response(request._request, etag=tag, response=answer)  # noqa: SLF001 - Django's own request
        return answer if kept is None else kept


class FeedFileView(APIView):
    """One timetable's file."""

    permission_classes = (Open,)

    @describe("A timetable's GTFS file as its operator published it")
    def get(self, request: Request, feed: str) -> HttpResponseBase:
        """Return the file that is used, where its licence lets the city hand it out; who has it already gets 304."""
        file = open_file(feed)
        tag = quote_etag(file.sha256)
        known = parse_etags(request.headers.get("If-None-Match", ""))
        answer: HttpResponseBase
        if tag in known or "*" in known:
            answer = HttpResponseNotModified()
        else:
            answer = StreamingHttpResponse(file.pieces, content_type="application/zip")
            answer["Content-Length"] = str(file.size)
            answer["Content-Disposition"] = f'attachment; filename="{feed}.gtfs.zip"'
        answer["ETag"] = tag
        patch_cache_control(answer, public=True, max_age=FRESH_S)
        return answer
