"""Addresses of coupons and quotes."""

from django.urls import path

from wallet.api.coupons import views

urlpatterns = [
    path("quotes", views.QuotesView.as_view()),
    path("shops/<uuid:shop_id>/quotes", views.ShopQuotesView.as_view()),
    path("shops/<uuid:shop_id>/coupons", views.ShopCouponsView.as_view()),
    path("shops/<uuid:shop_id>/coupons/<uuid:coupon_id>/pause", views.ShopCouponPauseView.as_view()),
    path("shops/<uuid:shop_id>/coupons/<uuid:coupon_id>/resume", views.ShopCouponResumeView.as_view()),
    path("coupons", views.CouponsView.as_view()),
    path("coupons/for_me", views.CouponsForMeView.as_view()),
    path("coupons/mine", views.MyCouponsView.as_view()),
    path("coupons/<uuid:coupon_id>", views.CouponView.as_view()),
    path("coupons/<uuid:coupon_id>/claims", views.ClaimsView.as_view()),
    path("payments/<uuid:payment_id>/coupons", views.UsedCouponsView.as_view()),
]
