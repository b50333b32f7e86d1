"""Addresses of pages: boards for everybody, desks of the city's officers."""

from django.urls import path

from mobility.pages import boards, feeds

urlpatterns = [
    path("boards/", boards.boards_page, name="boards"),
    path("boards/<path:stop_id>", boards.board_page, name="board"),
    path("admin/feeds/", feeds.feeds_page),
    path("admin/feeds/<slug:slug>", feeds.feed_page),
]
