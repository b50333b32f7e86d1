"""Addresses of pages: boards for everybody, desks of the city's officers."""

from django.urls import path

from mobility.pages import alerts, boards, feed_questions, feeds, live_sources, signs

urlpatterns = [
    path("boards/", boards.boards_page, name="boards"),
    path("boards/signs/<uuid:device_id>", boards.sign_board_page),
    path("boards/<path:stop_id>", boards.board_page, name="board"),
    path("admin/feeds/", feeds.feeds_page),
    path("admin/feeds/<slug:slug>", feeds.feed_page),
    path("admin/feeds/<slug:slug>/progress", feed_questions.progress_answer),
    path("admin/feeds/<slug:slug>/versions/<uuid:version_id>", feed_questions.version_page),
    path("admin/feeds/releases/<uuid:release_id>", feed_questions.release_page),
    path("admin/live/", live_sources.live_page),
    path("admin/live/new", live_sources.adding_page),
    path("admin/live/<uuid:source_id>", live_sources.live_source_page),
    path("admin/service-alerts/", alerts.alerts_page),
    path("admin/service-alerts/new", alerts.writing_page),
    path("admin/service-alerts/<uuid:alert_id>", alerts.alert_page),
    path("admin/service-alerts/<uuid:alert_id>/change", alerts.changing_page),
    path("admin/signs/", signs.signs_page),
    path("admin/signs/<uuid:device_id>", signs.sign_page),
]
