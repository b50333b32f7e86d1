"""Addresses of the officers' desks."""

from django.urls import path

from mobility.pages import feeds

urlpatterns = [
    path("admin/feeds/", feeds.feeds_page),
    path("admin/feeds/<slug:slug>", feeds.feed_page),
]
