"""Pages of the wallet, under the root."""

from django.urls import path

from wallet.pages import premium
from wallet.pages.circulation import circulation_csv, circulation_page

urlpatterns = [
    path("admin/circulation/", circulation_page),
    path("admin/circulation/figures.csv", circulation_csv),
    path("admin/premium/", premium.premiums_page),
    path("admin/premium/new", premium.new_premium_page),
    path("admin/premium/<uuid:premium_id>", premium.premium_page),
    path("admin/expiries/", premium.expiries_page),
]
