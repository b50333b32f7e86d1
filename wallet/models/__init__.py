"""The ledger and its shops, one aggregate a file; the database itself is the last guard of every rule it can express."""

from wallet.models.account import (
    CURRENCY,
    SOURCES,
    Account,
    AccountKind,
    Balance,
    Frozen,
    Holder,
)
from wallet.models.application import (
    OPEN_STATES,
    ApplicationAnswers,
    ApplicationAttachment,
    ApplicationState,
    ApplicationStep,
    AttachmentKind,
    MerchantApplication,
    ShopStop,
)
from wallet.models.bank import (
    Bank,
    BankBranch,
)
from wallet.models.bank_statement import (
    BankLine,
    BankLineDeed,
    BankLineProposal,
    BankLineState,
    BankStatement,
    BankStatementLine,
    OpenReason,
    TransferCode,
)
from wallet.models.campaign import (
    Campaign,
    CampaignFunding,
)
from wallet.models.card import (
    BRING_COINS,
    ORDER_OF_STATUS,
    CardDispute,
    CardDisputeStatus,
    CardMethod,
    CardPayment,
    CardPurpose,
    CardRefund,
    CardRefundReason,
    CardRefundStatus,
    CardStatus,
    Reversal,
    ReversalReason,
)
from wallet.models.card_event import (
    CardAlert,
    CardAlertKind,
    CardRun,
    VendorEvent,
)
from wallet.models.cash import CashCounter, CashTill, CashTillEntry
from wallet.models.circulation import (
    CirculationDay,
    CirculationDue,
    CirculationFigure,
    CirculationMove,
    CirculationSale,
    CirculationTail,
    CirculationWeek,
    DueKind,
)
from wallet.models.code import (
    CodeKind,
    QrToken,
)
from wallet.models.coin_payout import (
    CoinEnd,
    CoinPayout,
    CoinPayoutFile,
    CoinPayoutState,
    PayoutCase,
    PayoutWay,
    PayoutWish,
)
from wallet.models.coupon import (
    Coupon,
    CouponClaim,
    CouponCount,
    CouponUse,
)
from wallet.models.entry import (
    Entry,
)
from wallet.models.freeze import (
    AccountFreeze,
    FreezeScope,
)
from wallet.models.hold import (
    Hold,
    HoldStatus,
)
from wallet.models.issue import (
    Expiry,
    TopUp,
    TopUpKind,
)
from wallet.models.journal import (
    CreditInbox,
    Journal,
    JournalKind,
    Posting,
)
from wallet.models.lot import (
    Lot,
    LotKind,
    LotMove,
)
from wallet.models.money_request import (
    MoneyRequest,
    RequestPart,
)
from wallet.models.number import (
    CodeNumber,
)
from wallet.models.order import (
    Order,
    OrderDelivery,
    OrderLine,
    OrderMethod,
    OrderMode,
    OrderPayment,
    OrderPaymentStatus,
    OrderRefund,
    OrderRefundLine,
    OrderRefundReason,
    OrderStatus,
)
from wallet.models.payment import (
    Payment,
    PaymentStatus,
    Refund,
    RefundCeiling,
    RefundDay,
)
from wallet.models.payout import (
    AccountType,
    PayoutAccount,
    PayoutState,
)
from wallet.models.premium import (
    OPEN_CLAIM,
    Premium,
    PremiumApplication,
    PremiumClaim,
    PremiumPurchase,
    PremiumShare,
    PremiumVoid,
    PremiumWay,
    PremiumWho,
)
from wallet.models.referral import (
    Referral,
    ReferralCampaign,
    ReferralLink,
    ReferralRefusal,
)
from wallet.models.reminder import (
    ExpiryReminder,
)
from wallet.models.reward import (
    Reward,
)
from wallet.models.settlement import (
    CarryReason,
    SettlementBatch,
    SettlementFile,
    SettlementLine,
    SettlementReturn,
    SettlementShare,
    SettlementState,
    SettlementTransfer,
    TransferState,
)
from wallet.models.shop import (
    Shop,
)
from wallet.models.shop_cash import HandoverWay, ShopCashHandover
from wallet.models.shop_day import FIGURES, ShopClosing, ShopMovement
from wallet.models.stamp import (
    Stamp,
    StampCard,
)
from wallet.models.takeover import (
    Succession,
    Takeover,
)
from wallet.models.transfer import (
    ReceiveCode,
    Transfer,
    TransferNote,
)
from wallet.models.watch_alert import AlertClosing, ClosingBalance, WatchAlert, WatchDay, WatchDecision

__all__ = [
    "BRING_COINS",
    "CURRENCY",
    "FIGURES",
    "OPEN_CLAIM",
    "OPEN_STATES",
    "ORDER_OF_STATUS",
    "SOURCES",
    "Account",
    "AccountFreeze",
    "AccountKind",
    "AccountType",
    "AlertClosing",
    "ApplicationAnswers",
    "ApplicationAttachment",
    "ApplicationState",
    "ApplicationStep",
    "AttachmentKind",
    "Balance",
    "Bank",
    "BankBranch",
    "BankLine",
    "BankLineDeed",
    "BankLineProposal",
    "BankLineState",
    "BankStatement",
    "BankStatementLine",
    "Campaign",
    "CampaignFunding",
    "CardAlert",
    "CardAlertKind",
    "CardDispute",
    "CardDisputeStatus",
    "CardMethod",
    "CardPayment",
    "CardPurpose",
    "CardRefund",
    "CardRefundReason",
    "CardRefundStatus",
    "CardRun",
    "CardStatus",
    "CarryReason",
    "CashCounter",
    "CashTill",
    "CashTillEntry",
    "CirculationDay",
    "CirculationDue",
    "CirculationFigure",
    "CirculationMove",
    "CirculationSale",
    "CirculationTail",
    "CirculationWeek",
    "ClosingBalance",
    "CodeKind",
    "CodeNumber",
    "CoinEnd",
    "CoinPayout",
    "CoinPayoutFile",
    "CoinPayoutState",
    "Coupon",
    "CouponClaim",
    "CouponCount",
    "CouponUse",
    "CreditInbox",
    "DueKind",
    "Entry",
    "Expiry",
    "ExpiryReminder",
    "FreezeScope",
    "Frozen",
    "HandoverWay",
    "Hold",
    "HoldStatus",
    "Holder",
    "Journal",
    "JournalKind",
    "Lot",
    "LotKind",
    "LotMove",
    "MerchantApplication",
    "MoneyRequest",
    "OpenReason",
    "Order",
    "OrderDelivery",
    "OrderLine",
    "OrderMethod",
    "OrderMode",
    "OrderPayment",
    "OrderPaymentStatus",
    "OrderRefund",
    "OrderRefundLine",
    "OrderRefundReason",
    "OrderStatus",
    "Payment",
    "PaymentStatus",
    "PayoutAccount",
    "PayoutCase",
    "PayoutState",
    "PayoutWay",
    "PayoutWish",
    "Posting",
    "Premium",
    "PremiumApplication",
    "PremiumClaim",
    "PremiumPurchase",
    "PremiumShare",
    "PremiumVoid",
    "PremiumWay",
    "PremiumWho",
    "QrToken",
    "ReceiveCode",
    "Referral",
    "ReferralCampaign",
    "ReferralLink",
    "ReferralRefusal",
    "Refund",
    "RefundCeiling",
    "RefundDay",
    "RequestPart",
    "Reversal",
    "ReversalReason",
    "Reward",
    "SettlementBatch",
    "SettlementFile",
    "SettlementLine",
    "SettlementReturn",
    "SettlementShare",
    "SettlementState",
    "SettlementTransfer",
    "Shop",
    "ShopCashHandover",
    "ShopClosing",
    "ShopMovement",
    "ShopStop",
    "Stamp",
    "StampCard",
    "Succession",
    "Takeover",
    "TopUp",
    "TopUpKind",
    "Transfer",
    "TransferCode",
    "TransferNote",
    "TransferState",
    "VendorEvent",
    "WatchAlert",
    "WatchDay",
    "WatchDecision",
]
