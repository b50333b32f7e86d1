"""The provider's addresses. allauth's own are nowhere included."""

from django.urls import path

from accounts.api.openid import authorize, device_tokens, discovery, logout, tokens

app_name = "openid"
urlpatterns = [
    path(".well-known/openid-configuration", discovery.configuration, name="configuration"),
    path(".well-known/jwks.json", discovery.jwks, name="jwks"),
    path("identity/o/authorize", authorize.authorize, name="authorize"),
    path("identity/o/logout", logout.logout, name="logout"),
    path("identity/o/token", tokens.token, name="token"),
    path("identity/o/revoke", tokens.revoke, name="revoke"),
    path("identity/o/introspect", tokens.introspect, name="introspect"),
    path("identity/o/userinfo", tokens.userinfo, name="userinfo"),
    path("identity/o/device_authorization", device_tokens.device_authorization, name="device_authorization"),
]
