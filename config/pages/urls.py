"""The phone app's shell answers every address of the app; its worker and manifest stand at the root."""

from django.urls import path, re_path

from config.pages.shell import manifest, service_worker, shell

urlpatterns = [
    path("sw.js", service_worker),
    path("manifest.webmanifest", manifest),
    re_path(
        r"^(?!api/|_allauth/|identity/|\.well-known/|admin|static/|ws/|healthz|readyz|metrics|docs/|demo|boards/).*$",
        shell,
        name="shell",
    ),
]
