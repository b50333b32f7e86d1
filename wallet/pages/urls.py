"""Pages of the wallet: desks of the city's officers."""

from django.contrib import admin
from django.urls import path

from wallet.pages import (
    bank,
    card_desk,
    fake_stripe,
    merchants,
    payouts,
    premium,
    referrals,
    settlements,
    stamps,
    tills,
)
from wallet.pages.budgets import budget_page
from wallet.pages.circulation import circulation_csv, circulation_page
from wallet.pages.coupons import coupon_page, coupons_page, making_page, map_page
from wallet.pages.freezes import end_freeze, freezes_page
from wallet.pages.law import law_csv, law_page
from wallet.pages.shop_cash import shop_cash_page
from wallet.pages.waiting_orders import waiting_orders_page
from wallet.pages.watch import alert_page, alerts_page, closing_page, decide_page

urlpatterns = [
    path("admin/coupons/", coupons_page),
    path("admin/coupons/new", making_page),
    path("admin/coupons/map.svg", map_page),
    path("admin/coupons/<uuid:coupon_id>", coupon_page),
    path("admin/stamps/", stamps.stamps_page),
    path("admin/stamps/new", stamps.making_page),
    path("admin/stamps/<uuid:card_id>", stamps.stamp_page),
    path("admin/referrals/", referrals.referrals_page),
    path("admin/referrals/new", referrals.making_page),
    path("admin/referrals/<uuid:referral_campaign_id>", referrals.referral_page),
    path("admin/budgets/<uuid:campaign_id>", budget_page),
    path("admin/circulation/", circulation_page),
    path("admin/circulation/figures.csv", circulation_csv),
    path("admin/settlements/", settlements.settlements_page),
    path("admin/settlements/cash", shop_cash_page),
    path("admin/settlements/<uuid:batch_id>", settlements.settlement_page),
    path("admin/settlements/<uuid:batch_id>/file", settlements.settlement_file),
    path("admin/settlements/payouts/<uuid:payout_id>", settlements.payout_page),
    path("admin/merchants/", merchants.applications_page),
    path("admin/merchants/shops", merchants.stops_page),
    path("admin/merchants/<uuid:application_id>", merchants.application_page),
    path("admin/merchants/<uuid:application_id>/attachments/<uuid:attachment_id>", merchants.attachment_page),
    path("admin/bank/", bank.bank_page),
    path("admin/bank/statements/<uuid:statement_id>", bank.statement_page),
    path("admin/bank/lines/<uuid:line_id>", bank.line_page),
    path("admin/orders/", waiting_orders_page),
    path("admin/payouts/", payouts.payouts_page),
    path("admin/payouts/<uuid:payout_id>", payouts.payout_page),
    path("admin/payouts/files/<uuid:file_id>", payouts.payout_file),
    path("admin/tills/", tills.tills_page),
    path("admin/tills/<str:day>.csv", tills.tills_csv),
    path("admin/freezes/", freezes_page),
    path("admin/freezes/<uuid:freeze_id>/end", end_freeze),
    path("admin/law/", law_page),
    path("admin/law/figures.csv", law_csv),
    path("admin/watch/", alerts_page),
    path("admin/watch/<uuid:alert_id>", alert_page),
    path("admin/watch/<uuid:alert_id>/decide", decide_page),
    path("admin/watch/<uuid:alert_id>/closing", closing_page),
    path("admin/premium/", premium.premiums_page),
    path("admin/premium/new", premium.new_premium_page),
    path("admin/premium/<uuid:premium_id>", premium.premium_page),
    path("admin/expiries/", premium.expiries_page),
    path("admin/wallet/cards", admin.site.admin_view(card_desk.desk)),
    path("admin/wallet/cards/alerts/<uuid:alert_id>", admin.site.admin_view(card_desk.close)),
    path("admin/wallet/cards/payments/<uuid:payment_id>", admin.site.admin_view(card_desk.payment)),
    path("demo/stripe/pay/<str:session_id>", fake_stripe.pay),
    path("demo/stripe/challenge/<str:intent_id>", fake_stripe.challenge),
    path("demo/stripe/voucher/<str:intent_id>", fake_stripe.voucher),
]
