"""Pages at the root: the demo city's, and the staff's way in."""

from django.urls import path

from accounts.pages.demo import demo_page
from accounts.pages.staff_entrance import staff_entrance

urlpatterns = [
    path("demo/", demo_page, name="demo"),
    path("admin/login/", staff_entrance),
]
