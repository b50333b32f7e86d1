"""Doors for those who let devices in and end them, and for a device to see itself and what it may show."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.boundary import SignInUnavailable
from accounts.api.devices.serializers import Approval, NewLabel, ShownCode
from accounts.gateways.limits import Limit, consume
from accounts.gateways.store import Unreachable
from accounts.selectors.boards import Board, PublicNotices, own_board, public_notices
from accounts.selectors.devices import (
    DeviceAsk,
    DeviceView,
    access_waiting_device_for,
    device_view,
    devices_for,
    own_device,
)
from accounts.selectors.principals import DevicePrincipal
from accounts.services.devices import approve_device, deny_device, end_device, rename_device
from kernel import clock
from kernel.problems import NotFound, TooManyRequests
from kernel.web import (
    Open,
    Page,
    PersonOrDevice,
    SignedIn,
    act_of,
    describe,
    page_of,
    principal_of,
    read,
    reply,
    struct,
)

KEPT_S = 30
MINUTE, HOUR = 60, 3_600
TRIES = ((10, MINUTE), (40, HOUR))
"""How many codes one person may try: of 20^8, so nobody finds a waiting device by guessing."""


class DeviceRequestView(APIView):
    """A device that waits."""

    permission_classes = (SignedIn,)

    @describe("Look at the device that shows a code", body=ShownCode, answers=DeviceAsk)
    def post(self, request: Request) -> HttpResponse:
        """Return the device, and the places where I may let it in."""
        asked = read(request, ShownCode)
        _count_try(request)
        return struct(access_waiting_device_for(principal_of(request), asked.user_code, at=clock.now()))


class DeviceApprovalView(APIView):
    """Letting a device in."""

    permission_classes = (SignedIn,)

    @describe("Let a device in", body=Approval, answers=DeviceView, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Let it in and answer for it."""
        wanted = read(request, Approval)
        _count_try(request)
        where = {"organisation_id": wanted.organisation_id, "label": wanted.label}
        return reply(approve_device.answer(act_of(request), user_code=wanted.user_code, **where))  # type: ignore[arg-type]


class DeviceRefusalView(APIView):
    """Sending a device away."""

    permission_classes = (SignedIn,)

    @describe("Send a device away", body=ShownCode, status=204)
    def post(self, request: Request) -> HttpResponse:
        """Send it away."""
        asked = read(request, ShownCode)
        _count_try(request)
        return reply(deny_device.answer(act_of(request), user_code=asked.user_code))


class DevicesView(APIView):
    """The devices that one answers for."""

    permission_classes = (SignedIn,)

    @describe("Devices that I may end, newest first", answers=Page[DeviceView], query=("cursor", "limit"))
    def get(self, request: Request) -> HttpResponse:
        """Return one page."""
        return struct(page_of(devices_for(principal_of(request)), request, shape=device_view))


class DeviceDoor(APIView):
    """One device."""

    permission_classes = (SignedIn,)

    @describe("Call a device otherwise", body=NewLabel, answers=DeviceView)
    def patch(self, request: Request, device_id: UUID) -> HttpResponse:
        """Rename it."""
        label = read(request, NewLabel).label
        return reply(rename_device.answer(act_of(request), device_id=device_id, label=label))

    @describe("End a device: it is signed out at once", status=204)
    def delete(self, request: Request, device_id: UUID) -> HttpResponse:
        """End it."""
        return reply(end_device.answer(act_of(request), device_id=device_id))


class OwnDeviceView(APIView):
    """The device that asks."""

    permission_classes = (PersonOrDevice,)

    @describe("Which device I am", answers=DeviceView)
    def get(self, request: Request) -> HttpResponse:
        """Show a device to itself; :raises NotFound: for a person, who is none."""
        return struct(own_device(_device(request)))


class BoardView(APIView):
    """The screen that asks."""

    permission_classes = (PersonOrDevice,)

    @describe("What I, a screen of the town, may show besides the public notices", answers=Board)
    def get(self, request: Request) -> HttpResponse:
        """Return the doors of this kind of screen; :raises NotAllowed: for a till; :raises NotFound: for a person."""
        return struct(own_board(_device(request)))


class PublicNoticesView(APIView):
    """What the city told everybody."""

    permission_classes = (Open,)
    authentication_classes = ()

    @describe("What the city told everybody in the last 30 days, newest first", answers=PublicNotices)
    def get(self, request: Request) -> HttpResponse:
        """Return it for everybody alike, so that what stands between may keep it for half a minute."""
        answer = struct(public_notices(at=clock.now()))
        answer["Cache-Control"] = f"public, max-age={KEPT_S}"
        return answer


def _device(request: Request) -> DevicePrincipal:
    principal = principal_of(request)
    if not isinstance(principal, DevicePrincipal):
        raise NotFound
    return principal


def _count_try(request: Request) -> None:
    who = str(principal_of(request).actor)
    limits = [Limit(name="device_code", who=who, most=most, seconds=seconds) for most, seconds in TRIES]
    try:
        wait_s = consume(limits)
    except Unreachable:
        raise SignInUnavailable(retry_after=5) from None
    if wait_s:
        raise TooManyRequests(retry_after=wait_s)
