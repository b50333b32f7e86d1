"""What the accounts floor gives to the kernel."""

from celery.schedules import crontab

from accounts import tasks
from accounts.api.live import LiveSignIns
from accounts.consumers import ExportsFeed, InboxFeed
from accounts.demo.consents import seed_choosing, seed_consents
from accounts.demo.families import seed_families
from accounts.demo.organisations import give_staff_their_apps, seed_organisations, seed_staff
from accounts.demo.partners import seed_partners
from accounts.demo.people import seed_people
from accounts.events import ResidentClosed, ResidentsMerged
from accounts.gateways.checks import mail_can_leave
from accounts.handlers import on_logs_damaged, on_resident_closed, on_residents_merged
from accounts.loops.erasures import ERASURES
from accounts.loops.notices import BROADCASTS, NOTICES, NOTICES_LIFE
from accounts.messages import CATEGORIES, MESSAGES
from accounts.selectors.cards import OwnCards
from accounts.selectors.closing import why_erasures_wait
from accounts.selectors.exports import named_exports
from accounts.selectors.glass import (
    contacts_in_emergency,
    family_in_emergency,
    identity_in_emergency,
    profile_in_emergency,
)
from accounts.selectors.step_up import step_up_ways
from accounts.services import exports
from accounts.services.personal_store import AccountsStore
from kernel.contributions import Check, Contributions, Schedule
from kernel.problems import _

DESK = frozenset({"accounts.verify", "accounts.merge"})
SCREEN = frozenset({"accounts.show_notices"})  # nothing of a person: whoever stands before it reads it

contributions = Contributions(
    feeds=(ExportsFeed(), InboxFeed()),
    handlers={
        ResidentClosed.name: (on_resident_closed,),
        ResidentsMerged.name: (on_residents_merged,),
        "kernel.logs.damaged.v1": (on_logs_damaged,),
    },
    checks=(Check("mail", mail_can_leave), Check("erasures", why_erasures_wait)),
    loops=(NOTICES_LIFE, NOTICES, BROADCASTS, ERASURES),
    personal_stores=(AccountsStore(),),
    files={exports.AREA: named_exports},
    categories=CATEGORIES,
    messages=MESSAGES,
    cards=(OwnCards(),),
    schedules={
        "accounts.clear_away": Schedule(tasks.clear_away.name, crontab(minute=23), queue="bulk"),
        "accounts.end_due_mandates": Schedule(tasks.end_due.name, crontab(minute="*/5")),
        "accounts.tend_exports": Schedule(tasks.tend_exports.name, crontab(minute="*/10"), queue="bulk"),
        "accounts.clear_messages": Schedule(tasks.clear_old_messages.name, crontab(hour=2, minute=41), queue="bulk"),
    },
    sign_ins=LiveSignIns(),
    step_up=step_up_ways,
    rights={
        "city.officer": frozenset(
            {
                "admin.enter",
                "accounts.view_module",
                "accounts.view_organisation",
                "accounts.view_membership",
                "accounts.register_mandate",
                "accounts.break_glass",
                "accounts.close_accounts",
                "accounts.manage_clients",
                "accounts.approve_device",
                "accounts.broadcast",
            }
            | DESK
        ),
        "city.administrator": frozenset(
            {
                "admin.enter",
                "admin.manage",
                "accounts.appoint",
                "accounts.publish_agreement",
                "accounts.manage_clients",
                "accounts.unmask",
                "accounts.broadcast",
                "accounts.broadcast_life",
                "accounts.provision_record",
            }
            | DESK
        ),
        "merchant.manager": frozenset({"accounts.approve_till", "accounts.employ"}),
        "device.signage": SCREEN,
        "device.kiosk": SCREEN | {"accounts.show_app"},
        "device.desk": SCREEN | {"accounts.show_counter"},
    },
    data_classes={
        "access_log": _("見られた記録"),
        "contacts": _("メールアドレスや電話番号"),
        "family": _("家族の呼び名"),
        "identity": _("本人確認の情報"),
        "home": _("ホームの好み"),
        "messages": _("お知らせの中身"),
        "profile": _("呼び名"),
    },
    emergency={
        "contacts": contacts_in_emergency,
        "family": family_in_emergency,
        "identity": identity_in_emergency,
        "profile": profile_in_emergency,
    },
    scopes={"accounts": _("プロフィールとお知らせ")},
    purposes={
        "accounts.clear_away": _("使われていない登録の片づけ"),
        "accounts.close_account": _("アカウントを閉じる手続き"),
        "accounts.deliver_message": _("お知らせの送信"),
        "accounts.emergency": _("いのちと安全を守る緊急の対応"),
        "accounts.merge": _("2つのIDをひとつにする手続き"),
        "accounts.my_accesses": _("見られた記録の確認"),
        "accounts.my_contacts": _("連絡先の確認"),
        "accounts.my_export": _("データの書き出し"),
        "accounts.my_family": _("家族の一覧の表示"),
        "accounts.my_home": _("ホームの表示"),
        "accounts.my_identity": _("本人確認の内容の表示"),
        "accounts.my_messages": _("お知らせの表示"),
        "accounts.my_profile": _("マイページの表示"),
        "accounts.name_the_other": _("家族の呼び名の登録"),
        "accounts.reach": _("連絡の送信"),
        "accounts.seal_contacts": _("連絡先の封印"),
        "accounts.sign_up": _("登録の手続き"),
        "accounts.unsubscribe": _("配信の停止"),
        "accounts.verify_at_counter": _("窓口での本人確認の手続き"),
        "accounts.write_message": _("お知らせの作成"),
        "openid.userinfo": _("連携サービスでの表示と連絡"),
    },
    demo=(
        (10, "residents and personas", seed_people),
        (11, "organisations and who works there", seed_organisations),
        (16, "a second cashier, who was invited", seed_staff),
        (12, "authenticator apps of the city's staff", give_staff_their_apps),
        (13, "a family and a care manager", seed_families),
        (14, "an agreement and a consent", seed_consents),
        (16, "the city's asking to choose people for coupons", seed_choosing),
        (15, "a library that knows residents by their ID", seed_partners),
    ),
)
