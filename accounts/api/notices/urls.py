"""Addresses of messages and Home under ``/api/v1/accounts/``."""

from django.urls import path

from accounts.api.notices import views

urlpatterns = [
    path("messages", views.MessagesView.as_view()),
    path("messages/unread", views.UnreadView.as_view()),
    path("messages/read_all", views.AllReadView.as_view()),
    path("messages/<uuid:message_id>", views.MessageView.as_view()),
    path("messages/<uuid:message_id>/read", views.ReadView.as_view()),
    path("message_settings", views.SettingsView.as_view()),
    path("message_settings/line", views.LineView.as_view()),
    path("push_subscriptions", views.SubscriptionsView.as_view()),
    path("push_key", views.PushKeyView.as_view()),
    path("home", views.HomeView.as_view()),
    path("home/choices", views.HomeChoicesView.as_view()),
]
