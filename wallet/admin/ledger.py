"""The staff's door to the coin: shops are registered and corrected through services, the ledger is read and never touched."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from accounts.selectors import organisations_of_kind
from kernel import clock
from kernel.principal import Principal
from kernel.problems import DomainError
from kernel.use_case import Act
from wallet.models import Account, Hold, Journal, Order, OrderLine, OrderPayment, Payment, Posting, Refund, Shop, TopUp
from wallet.services import change_shop, issue_shop_code, open_shop, stop_shop

LEDGER = "wallet.read_ledger"
REGISTER = "wallet.register_shops"


def _staff(request: HttpRequest) -> Principal:
    return cast("Any", request.user).principal  # type: ignore[no-any-return]  # the admin lets nobody in who has none


class ShopForm(forms.ModelForm):
    """What the register says of a shop, whether it closes, and why."""

    organisation_id = forms.TypedChoiceField(label=_("加盟店"), coerce=UUID, required=False)
    closes = forms.BooleanField(label=_("閉店する"), required=False)
    why = forms.CharField(label=_("理由"), max_length=200)

    class Meta:
        model = Shop
        fields = ("name", "name_en", "trade", "district")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the merchants that exist."""
        super().__init__(*args, **kwargs)
        merchants = [(str(merchant.id), merchant.name) for merchant in organisations_of_kind("merchant")]
        self.fields["organisation_id"].choices = merchants  # type: ignore[attr-defined]
        self.fields["organisation_id"].required = not self.instance.name  # a shop stays its merchant's


@admin.register(Shop)
class ShopAdmin(ModelAdmin):
    """Shops: made, corrected and closed by services, each with a name and a reason."""

    form = ShopForm
    list_display = ("name", "name_en", "trade", "district", "opened_at", "closed_at")
    list_filter = ("trade",)
    search_fields = ("name", "name_en", "district")
    actions = None
    list_per_page = 50

    def get_fields(self, request: HttpRequest, obj: Shop | None = None) -> tuple[str, ...]:
        """Ask for a new shop's merchant, for an old one's end; show the others as they are."""
        written = ("name", "name_en", "trade", "district")
        if obj is None:
            return ("organisation_id", *written, "why")
        return (*written, "closes", "why") if self.has_change_permission(request, obj) else (*written, "closed_at")

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show or take the form. This function will leave the transaction to the service, and say a refusal as a sentence."""
        try:
            return cast("HttpResponse", self._changeform_view(request, object_id, form_url, extra_context))
        except DomainError as refusal:
            self.message_user(request, str(refusal.title), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Shop, form: Any, change: bool) -> None:  # noqa: FBT001
        """Register, correct or close the shop."""
        said = form.cleaned_data
        words = {name: said[name] for name in ("name", "name_en", "trade", "district")}
        if not change:
            obj.pk = open_shop(self._act(request), organisation_id=said["organisation_id"], **words, why=said["why"]).id
            issue_shop_code(self._act(request), shop_id=obj.pk)
            return
        if form.has_changed() and set(form.changed_data) & words.keys():
            change_shop(self._act(request), shop_id=obj.pk, **words, why=said["why"])
        if said["closes"]:
            stop_shop(self._act(request), shop_id=obj.pk, is_final=True, why=said["why"])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tell whether the one who asks may register shops."""
        return _staff(request).may(REGISTER)

    def has_change_permission(self, request: HttpRequest, obj: Shop | None = None) -> bool:
        """Tell whether the one who asks may correct this shop; a closed one stays as it was."""
        return _staff(request).may(REGISTER) and (obj is None or obj.closed_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: its receipts outlive it."""
        return False

    def _act(self, request: HttpRequest) -> Act:
        return Act(_staff(request), at=clock.now())


class ReadOnly:
    """What may be seen by those who may read the ledger, and changed by nobody."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether the one who asks may read the ledger."""
        return _staff(request).may(LEDGER)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: services book."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: what is booked stays."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Say no: what is booked stays."""
        return False


class PostingInline(ReadOnly, TabularInline):
    """What one journal moved between accounts."""

    model = Posting
    extra = 0
    fields = ("debit_id", "credit_id", "amount", "currency")
    readonly_fields = fields


class RefundInline(ReadOnly, TabularInline):
    """What came back of one payment."""

    model = Refund
    extra = 0
    fields = ("receipt_number", "amount", "is_void", "at")
    readonly_fields = fields


@admin.register(Journal)
class JournalAdmin(ReadOnly, ModelAdmin):
    """The books."""

    list_display = ("id", "kind", "at", "actor", "idem_key")
    list_filter = ("kind",)
    search_fields = ("=actor", "=idem_key")
    ordering = ("-id",)
    fields = ("kind", "at", "actor", "idem_key")
    inlines = (PostingInline,)


@admin.register(Account)
class AccountAdmin(ReadOnly, ModelAdmin):
    """Accounts by number, with what they hold; whose they are stands elsewhere."""

    list_display = ("id", "kind", "currency", "available", "held", "opened_at", "closed_at")
    list_filter = ("kind",)
    search_fields = ("=id",)
    ordering = ("-opened_at", "-id")
    list_select_related = ("balance",)
    fields = ("id", "kind", "currency", "available", "held", "opened_at", "closed_at")

    @admin.display(description=_("残高"))
    def available(self, row: Account) -> int | None:
        """Return the amount; a merchant's waits partly in the inbox."""
        return row.balance.amount if hasattr(row, "balance") else None

    @admin.display(description=_("保留中"))
    def held(self, row: Account) -> int | None:
        """Return what is set aside."""
        return row.balance.held if hasattr(row, "balance") else None


@admin.register(Payment)
class PaymentAdmin(ReadOnly, ModelAdmin):
    """Payments by receipt number."""

    list_display = ("receipt_number", "shop", "amount", "refunded", "status", "at")
    list_filter = ("status",)
    search_fields = ("=receipt_number", "=id")
    ordering = ("-at", "-id")
    list_select_related = ("shop",)
    fields = ("receipt_number", "shop", "amount", "refunded", "status", "at", "version", "account_id", "journal_id")
    inlines = (RefundInline,)


class OrderLineInline(ReadOnly, TabularInline):
    """What an order is made of."""

    model = OrderLine
    extra = 0
    fields = ("number", "name", "quantity", "unit_price", "amount", "taken", "refunded")
    readonly_fields = fields


class OrderPaymentInline(ReadOnly, TabularInline):
    """In which ways an order is, was, or was to be paid."""

    model = OrderPayment
    extra = 0
    fields = (
        "method",
        "status",
        "discount",
        "coin",
        "card",
        "coin_refunded",
        "card_refunded",
        "card_payment_id",
        "payment_id",
    )
    readonly_fields = fields


@admin.register(Order)
class OrderAdmin(ReadOnly, ModelAdmin):
    """Orders by receipt number."""

    list_display = ("receipt_number", "shop", "source", "total", "status", "delivery", "placed_at")
    list_filter = ("status", "delivery", "source")
    search_fields = ("=receipt_number", "=id", "=source_id")
    ordering = ("-placed_at", "-id")
    list_select_related = ("shop",)
    fields = (
        "receipt_number", "shop", "source", "source_id", "mode", "total", "status", "delivery", "placed_at", "expires_at",
        "held_until", "ended_at", "version", "account_id",
    )  # fmt: skip
    inlines = (OrderLineInline, OrderPaymentInline)


@admin.register(TopUp)
class TopUpAdmin(ReadOnly, ModelAdmin):
    """Coins issued."""

    list_display = ("receipt_number", "kind", "amount", "bonus", "shop", "at")
    list_filter = ("kind",)
    search_fields = ("=receipt_number", "=id")
    ordering = ("-at", "-id")
    list_select_related = ("shop",)
    fields = ("receipt_number", "kind", "amount", "bonus", "shop", "at", "account_id", "journal_id")


@admin.register(Hold)
class HoldAdmin(ReadOnly, ModelAdmin):
    """Amounts set aside."""

    list_display = ("id", "shop", "amount", "captured", "status", "at", "expires_at")
    list_filter = ("status",)
    search_fields = ("=id",)
    ordering = ("-at", "-id")
    list_select_related = ("shop",)
    fields = ("shop", "amount", "captured", "status", "at", "expires_at", "closed_at", "account_id", "journal_id")
