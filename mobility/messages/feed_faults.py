"""What is wrong with a timetable, as sentences: for the officer who looks at it, and for the operator who mends it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mobility.engine.gtfs import Fault

SENTENCES: dict[str, Any] = {
    "broken": _("ZIPの中身が壊れています。"),
    "calls_too_many": _("便「%(value)s」の停車が多すぎます（1,000回まで）。"),
    "column_missing": _("必要な列「%(field)s」がありません。"),
    "column_twice": _("列「%(field)s」が2つあります。"),
    "dates_wrong": _("日付「%(value)s」を読み取れません。YYYYMMDDで、始まりは終わりより前にしてください。"),
    "days_too_many": _("運行日の幅が10年を超えています（%(value)s）。"),
    "ends_untimed": _("便「%(value)s」の最初か最後の停車に、時刻がありません。"),
    "fare_without_rule": _("運賃「%(value)s」は、どの決まりにも出てきません。"),
    "fetch_address": _("アドレス「%(value)s」は、取りに行けるアドレスではありません。"),
    "fetch_private": _("「%(value)s」は組織の中のアドレスなので、取りに行きません。"),
    "fetch_redirects": _("転送が%(value)s回を超えました。"),
    "fetch_silent": _("相手のサーバーにつながりませんでした（%(value)s）。"),
    "fetch_status": _("相手のサーバーが、ファイルの代わりに%(value)sを返しました。"),
    "fetch_too_large": _("ファイルが大きすぎます（%(value)sバイト）。"),
    "fetch_too_slow": _("受け取りに時間がかかりすぎました。"),
    "file_missing": _("ファイルがありません。"),
    "file_twice": _("同じ名前のファイル「%(value)s」が2つあります。"),
    "frequencies_too_many": _("繰り返しの便が多すぎます（200,000便まで）。"),
    "frequency_wrong": _("便「%(value)s」の繰り返しの時刻か間隔が正しくありません。"),
    "held_not_begun": _("最初の運行日は%(value)sです。その日になると、自動で切り替わります。"),
    "held_over": _("最後の運行日は%(value)sで、もう終わっています。"),
    "held_shrunk": _("便の数が半分より少なくなっています（%(value)s）。確かめてから使ってください。"),
    "not_a_stop": _("「%(value)s」は駅か出入口で、便が停まる停留所・のりばではありません。"),
    "not_found": _("ファイル「%(value)s」が見つかりません。"),
    "not_utf8": _("文字コードがUTF-8ではありません。"),
    "not_zip": _("ZIPファイルではありません。"),
    "nothing_runs": _("どの日にも、運行する便がありません。"),
    "nul": _("読み取れない文字（NUL）があります。"),
    "place_unknown": _("緯度・経度「%(value)s」を読み取れません。"),
    "point_left_aside": _("線の点の位置か番号を読み取れないので、使いません。"),
    "price_wrong": _("運賃の額か通貨「%(value)s」を読み取れません。"),
    "runs_back": _("便「%(value)s」の時刻が、前の停車より戻っています。"),
    "stay_elsewhere": _(
        "乗ったままの決まり「%(value)s」の停留所は、前の便の終わりでも次の便の始まりでもないので、使いません。"
    ),
    "stay_too_early": _("乗ったままの決まり「%(value)s」は、前の便が着くより早く次の便が出るので、使いません。"),
    "stay_without_trips": _("乗ったままの決まり「%(value)s」の2つの便がはっきりしないので、使いません。"),
    "time_in_other_digits": _(
        "「%(field)s」の時刻「%(value)s」は、半角の数字ではありません。読み取りましたが、提供元に直してもらってください。"
    ),
    "time_wrong": _("「%(field)s」の時刻「%(value)s」を読み取れません。"),
    "too_large": _("「%(value)s」が大きすぎます。"),
    "too_many_columns": _("列が多すぎます（%(value)s列）。"),
    "too_many_files": _("ファイルが多すぎます（%(value)sまで）。"),
    "too_many_values": _("値の数（%(value)s）が、列の数より多くあります。"),
    "transfer_left_aside": _("路線や便だけの乗りかえの決まりは、使いません。"),
    "translation_left_aside": _("何の訳かわからない行なので、使いません。"),
    "trip_leads_nowhere": _("便「%(value)s」は2か所以上に停まらないので、乗れません。"),
    "twice": _("「%(field)s」の「%(value)s」が2回出てきます。"),
    "unknown": _("「%(field)s」の「%(value)s」が、ほかのファイルにありません。"),
    "unreadable": _("表として読み取れません（%(value)s）。"),
    "value_left_aside": _("「%(field)s」の値「%(value)s」を読み取れないので、使いません。"),
    "value_missing": _("「%(field)s」の値がありません。"),
    "value_unknown": _("「%(field)s」の値「%(value)s」を読み取れません。"),
    "zone_without_stop": _("運賃の区域「%(value)s」に、停留所がありません。"),
    "zones_too_many": _("運賃の区域が多すぎます（%(value)s区域）。"),
}


def sentence(fault: Fault) -> str:
    """Return what is wrong, in the language active now; the bare code where it has no sentence."""
    words = SENTENCES.get(fault.code)
    return str(words) % {"field": fault.field, "value": fault.value} if words is not None else fault.code


def place(fault: Fault) -> str:
    """Return where it stands: ``stop_times.txt:3``; the file alone where the line says nothing, blank where it is the whole."""
    return f"{fault.file}:{fault.line}" if fault.line else fault.file
