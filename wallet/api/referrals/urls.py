"""Addresses of referrals."""

from django.urls import path

from wallet.api.referrals import views

urlpatterns = [
    path("referrals", views.ReferralsView.as_view()),
    path("referrals/look", views.ReferralLookView.as_view()),
    path("referrals/<uuid:referral_id>/rewards", views.ReferralRewardsView.as_view()),
    path("referral_campaigns/<uuid:referral_campaign_id>/link", views.ReferralLinkView.as_view()),
]
