"""Doors of sending and asking: each reads, calls and answers. Who acts for another within ``wallet`` may use them for the other."""

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from kernel import clock
from kernel.web import SignedIn, act_of, describe, principal_of, read, reply, struct
from wallet import services
from wallet.api.sending import serializers as shapes
from wallet.api.throttles import CodesThrottle
from wallet.engine.sent import AskedOfMe, OwnReceiveCode, OwnRequest, ReceiveCodes, ReceiverSeen, Requests, Sent
from wallet.selectors.money_requests import access_request_for, read_request, requests_of
from wallet.selectors.sending import access_transfer_for, own_receive_codes, recipient_of


class _Own(APIView):
    permission_classes = (SignedIn,)
    delegates = "wallet"


class ReceiveCodesView(_Own):
    """One's own code to receive by."""

    throttle_classes = (CodesThrottle,)

    @describe("My code to receive by", answers=ReceiveCodes)
    def get(self, request: Request) -> HttpResponse:
        """Return the code in use."""
        return struct(own_receive_codes(principal_of(request), at=clock.now()))

    @describe(
        "Make a new code to receive by; the one before ends",
        body=shapes.NewReceiveCode,
        answers=OwnReceiveCode,
        status=201,
    )
    def post(self, request: Request) -> HttpResponse:
        """Return a fresh code."""
        body = read(request, shapes.NewReceiveCode)
        return reply(services.issue_receive_code.answer(act_of(request), label=body.label))


class RecipientView(_Own):
    """Whom a receive code stands for."""

    throttle_classes = (CodesThrottle,)

    @describe("Read somebody's receive code", body=shapes.ReceiveCodeToRead, answers=ReceiverSeen)
    def post(self, request: Request) -> HttpResponse:
        """Return what they want to be called, and what may be sent; nothing is changed."""
        body = read(request, shapes.ReceiveCodeToRead)
        return struct(recipient_of(principal_of(request), body.to, at=clock.now()))


class TransfersView(_Own):
    """Sending."""

    throttle_classes = (CodesThrottle,)

    @describe("Send coins", body=shapes.NewTransfer, answers=Sent, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Send and return what was sent."""
        body = read(request, shapes.NewTransfer)
        words = {"message": body.message, "signed": body.signed}
        return reply(services.send.answer(act_of(request), to=body.to, amount=body.amount, **words))


class TransferView(_Own):
    """One transfer, for its two people."""

    @describe("What was sent", answers=Sent)
    def get(self, request: Request, transfer_id: UUID) -> HttpResponse:
        """Return it as this person sees it."""
        return struct(access_transfer_for(principal_of(request), transfer_id))


class RequestsView(_Own):
    """Asking."""

    @describe("Ask for coins", body=shapes.NewRequest, answers=OwnRequest, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Ask and return the link."""
        body = read(request, shapes.NewRequest)
        act, words = act_of(request), {"message": body.message, "signed": body.signed}
        asked = services.request_money.answer(act, amount=body.amount, people=body.people, to=body.to, **words)
        return reply(asked)


class OwnRequestsView(_Own):
    """What is asked, by me and of me."""

    @describe("Requests of mine and to me, newest first", answers=Requests)
    def get(self, request: Request) -> HttpResponse:
        """Return the newest fifty of each."""
        return struct(requests_of(principal_of(request), at=clock.now()))


class RequestView(_Own):
    """One's own request."""

    @describe("A request of mine and who has answered", answers=OwnRequest)
    def get(self, request: Request, request_id: UUID) -> HttpResponse:
        """Return it as it is now."""
        return struct(access_request_for(principal_of(request), request_id, at=clock.now()))


class RequestCancelView(_Own):
    """Calling a request off."""

    @describe("Call a request off", answers=OwnRequest)
    def post(self, request: Request, request_id: UUID) -> HttpResponse:
        """Call it off; what was paid stays paid."""
        return reply(services.cancel_request.answer(act_of(request), request_id=request_id))


class RequestReminderView(_Own):
    """Reminding."""

    @describe("Remind those who are known and have not answered", answers=OwnRequest)
    def post(self, request: Request, request_id: UUID) -> HttpResponse:
        """Tell them once more."""
        return reply(services.remind_request.answer(act_of(request), request_id=request_id))


class AskedView(_Own):
    """A request by its link."""

    throttle_classes = (CodesThrottle,)

    @describe("Read a request", body=shapes.RequestToRead, answers=AskedOfMe)
    def post(self, request: Request) -> HttpResponse:
        """Return what is asked; nothing is changed."""
        return struct(read_request(principal_of(request), read(request, shapes.RequestToRead).token, at=clock.now()))


class AskedPaymentView(_Own):
    """Paying one's part."""

    throttle_classes = (CodesThrottle,)

    @describe("Pay what was asked", body=shapes.RequestPayment, answers=Sent, status=201, keyed=True)
    def post(self, request: Request) -> HttpResponse:
        """Pay and return what was sent."""
        body = read(request, shapes.RequestPayment)
        act = act_of(request)
        return reply(services.pay_request.answer(act, token=body.token, amount=body.amount, signed=body.signed))


class AskedRefusalView(_Own):
    """Saying no."""

    throttle_classes = (CodesThrottle,)

    @describe("Decline what was asked", body=shapes.RequestToRead, answers=AskedOfMe)
    def post(self, request: Request) -> HttpResponse:
        """Decline and return the request."""
        return reply(services.decline_request.answer(act_of(request), token=read(request, shapes.RequestToRead).token))
