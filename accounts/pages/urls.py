"""Pages at the root: the demo city's, and the staff's way in."""

from django.contrib import admin
from django.urls import path

from accounts.pages import card_mock, desk
from accounts.pages.broadcasts import broadcast_page, history_page, progress_answer, writing_page
from accounts.pages.demo import demo_page
from accounts.pages.staff_entrance import staff_entrance
from accounts.pages.unsubscribe import unsubscribe_page

urlpatterns = [
    path("demo/", demo_page, name="demo"),
    path("demo/card/.well-known/openid-configuration", card_mock.metadata),
    path("demo/card/keys", card_mock.keys),
    path("demo/card/authorize", card_mock.authorize),
    path("demo/card/token", card_mock.token),
    path("demo/card/userinfo", card_mock.userinfo),
    path("admin/broadcasts/", history_page),
    path("admin/broadcasts/new", writing_page),
    path("admin/broadcasts/<uuid:broadcast_id>", broadcast_page),
    path("admin/broadcasts/<uuid:broadcast_id>/progress", progress_answer),
    path("unsubscribe/<str:token>", unsubscribe_page),
    path("admin/login/", staff_entrance),
    path("admin/desk/verify", admin.site.admin_view(desk.verify)),
    path("admin/desk/lost", admin.site.admin_view(desk.lost)),
    path("admin/desk/merge", admin.site.admin_view(desk.merge)),
    path("admin/desk/merge/<uuid:merge_id>", admin.site.admin_view(desk.decide_merge)),
]
