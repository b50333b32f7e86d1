"""Addresses of families and delegates."""

from django.urls import path

from accounts.api.family import views

urlpatterns = [
    path("family", views.FamilyDoor.as_view()),
    path("family/invitations", views.InvitationsDoor.as_view()),
    path("family/invitations/looked", views.LookDoor.as_view()),
    path("family/invitations/taken", views.TakeUpDoor.as_view()),
    path("mandates", views.MandatesDoor.as_view()),
    path("mandates/<uuid:mandate_id>/end", views.MandateEndDoor.as_view()),
]
