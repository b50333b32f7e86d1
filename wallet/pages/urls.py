"""Pages of the wallet: the officers' view of circulation."""

from django.urls import path

from wallet.pages.circulation import circulation_csv, circulation_page

urlpatterns = [
    path("admin/circulation/", circulation_page),
    path("admin/circulation/figures.csv", circulation_csv),
]
