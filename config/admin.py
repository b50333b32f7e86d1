"""The staff's pages as a whole: one name, the city's colour, and only what officers work with."""

from typing import Any, cast

import django_celery_beat.admin  # noqa: F401 - registers what is taken away below
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_celery_beat import models as beat

from kernel import clock
from kernel.clock import jst_date
from mobility.selectors.feeds import count_ending
from mobility.services.feeds.sources import RIGHT as FEEDS
from wallet.selectors.waiting_orders import HANDLE, count_waiting

for schedule in (
    beat.PeriodicTask, beat.IntervalSchedule, beat.CrontabSchedule, beat.SolarSchedule, beat.ClockedSchedule,
):  # fmt: skip
    admin.site.unregister(schedule)  # schedules stand in code

admin.site.index_title = gettext_lazy("すべての仕事")


def site_name(_request: HttpRequest) -> str:
    """Return what stands above every page: the city and what this is."""
    reads_japanese = (get_language() or "ja").startswith("ja")
    city = settings.CITY["name_ja" if reads_japanese else "name_en"]
    return _("%(city)sの管理") % {"city": city}


def desks(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the officers' desks, as the staff's sidebar shows them."""
    return [
        {
            "title": _("窓口"),
            "items": [
                _desk(_("本人確認"), "badge", "/admin/desk/verify", "accounts.verify"),
                _desk(_("パスキー・認証アプリの解除"), "lock_reset", "/admin/desk/lost", "accounts.verify"),
                _desk(_("IDの統合"), "merge", "/admin/desk/merge", "accounts.merge"),
                _desk(_("代理"), "supervisor_account", "/admin/accounts/mandate/", "accounts.register_mandate"),
                _desk(_("緊急の閲覧"), "emergency", "/admin/accounts/brokenglass/", "accounts.break_glass"),
            ],
        },
        {
            "title": _("コイン"),
            "items": [
                _desk(_("クーポン"), "local_activity", "/admin/coupons/", "wallet.run_coupons"),
                _desk(_("スタンプカード"), "approval", "/admin/stamps/", "wallet.run_coupons"),
                _desk(_("紹介キャンペーン"), "group_add", "/admin/referrals/", "wallet.run_coupons"),
                _desk(_("コインのめぐり"), "donut_large", "/admin/circulation/", "wallet.see_circulation"),
                _desk(_("加盟店の申込み"), "storefront", "/admin/merchants/", "wallet.review_merchants"),
                _desk(_("待っている注文"), "hourglass_top", "/admin/orders/", HANDLE) | _badge(request),
                _desk(_("店舗の精算"), "account_balance", "/admin/settlements/", "wallet.settle"),
                _desk(_("銀行振込"), "input", "/admin/bank/", "wallet.handle_bank"),
                _desk(_("払戻し"), "currency_yen", "/admin/payouts/", "wallet.pay_out"),
                _desk(_("窓口のレジ"), "point_of_sale", "/admin/tills/", "wallet.keep_till"),
                _desk(_("未使用残高と発行保証金"), "gavel", "/admin/law/", "wallet.see_law"),
                _desk(_("送金の見守り"), "visibility", "/admin/watch/", "wallet.watch"),
                _desk(_("コインの利用停止"), "block", "/admin/freezes/", "wallet.freeze_accounts"),
                _desk(_("プレミアム付コイン"), "redeem", "/admin/premium/", "wallet.run_premium"),
                _desk(_("終わったコイン"), "event_busy", "/admin/expiries/", "wallet.read_ledger"),
                _desk(_("カードの要確認"), "credit_card", "/admin/wallet/cards", "wallet.handle_cards"),
            ],
        },
        {
            "title": _("おでかけ"),
            "items": [
                _desk(_("時刻表"), "directions_bus", "/admin/feeds/", FEEDS) | _ending(request),
                _desk(_("運行情報の提供元"), "sensors", "/admin/live/", FEEDS),
                _desk(_("運行のお知らせ"), "campaign", "/admin/service-alerts/", "mobility.alerts"),
                _desk(_("停留所の表示端末"), "signpost", "/admin/signs/", "mobility.signs"),
            ],
        },
        {
            "title": _("市からの依頼とお知らせ"),
            "items": [
                _desk(_("一斉のお知らせ"), "campaign", "/admin/broadcasts/", "accounts.broadcast"),
                _desk(_("同意の取り決め"), "handshake", "/admin/accounts/agreement/", "accounts.publish_agreement"),
                _desk(_("連携サービス"), "hub", "/admin/accounts/partner/", "accounts.manage_clients"),
                _desk(_("すべての仕事"), "apps", "/admin/", "admin.enter"),
            ],
        },
    ]


def _desk(title: str, icon: str, link: str, right: str) -> dict[str, Any]:
    """Return a line of the sidebar, which those see who have the right."""
    return {"title": title, "icon": icon, "link": link, "permission": lambda request: _may(request, right)}


def _badge(request: HttpRequest) -> dict[str, Any]:
    """Return how many orders wait too long, for whom it concerns; nothing where none does."""
    count = count_waiting(at=clock.now()) if _may(request, HANDLE) else 0
    return {"badge": count, "badge_variant": "warning"} if count else {}


def _ending(request: HttpRequest) -> dict[str, Any]:
    """Return how many timetables end soon or have ended, for whom it concerns; nothing where none does."""
    count = count_ending(today=jst_date(clock.now())) if _may(request, FEEDS) else 0
    return {"badge": count, "badge_variant": "danger"} if count else {}


def _may(request: HttpRequest, right: str) -> bool:
    return request.user.is_authenticated and cast("Any", request.user).principal.may(right)
