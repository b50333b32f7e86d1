"""Addresses of the people of a shop under ``/api/v1/accounts/``."""

from django.urls import path

from accounts.api.shop_staff import views

urlpatterns = [
    path("organisations/<uuid:organisation_id>/staff", views.StaffView.as_view()),
    path("staff_invitations/looked", views.StaffLookView.as_view()),
    path("staff_invitations/taken", views.StaffTakenView.as_view()),
    path("staff_invitations/<uuid:invitation_id>", views.StaffInvitationView.as_view()),
    path("staff/<uuid:membership_id>", views.StaffMemberView.as_view()),
    path("staff/<uuid:membership_id>/promotion", views.PromotionView.as_view()),
]
