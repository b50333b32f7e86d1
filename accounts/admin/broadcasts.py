"""The staff's index leads to the pages on which messages to many are written."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.admin.service_admin import ServiceAdmin, staff_of
from accounts.models import Broadcast


@admin.register(Broadcast)
class BroadcastAdmin(ServiceAdmin):
    """Messages to many have pages of their own; the staff's index leads there."""

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether the one who asks may write to many."""
        return staff_of(request).may("accounts.broadcast")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the index line to the same people."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: the page of its own does that."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Lead on."""
        return HttpResponseRedirect("/admin/broadcasts/")
