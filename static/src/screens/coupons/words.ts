import type { Audience, Benefit, Coupon } from "../../api/coupons";
import { language, t, type TextKey } from "../../i18n";

/** This function will call a coupon by its Japanese name, or by its English one for those who do not read Japanese. */
export function couponName(coupon: { readonly title: string; readonly title_en: string }): string {
  const japanese = language.value === "ja" || language.value === "ja-easy";
  return japanese ? coupon.title : coupon.title_en || coupon.title;
}

/** This function will say what comes off. */
export function benefitText(benefit: Benefit): string {
  if (benefit.kind === "amount") return t("coupons.yen_off", { amount: benefit.yen });
  const off = t("coupons.percent_off", { percent: benefit.percent });
  return benefit.cap === null ? off : t("coupons.capped", { off, cap: benefit.cap });
}

const WHY: Readonly<Record<string, TextKey>> = {
  paused: "coupons.why.paused",
  not_begun: "coupons.why.not_begun",
  ended: "coupons.why.ended",
  other_trade: "coupons.why.elsewhere",
  elsewhere: "coupons.why.elsewhere",
  other_day: "coupons.why.other_day",
  other_hour: "coupons.why.other_hour",
  no_product: "coupons.why.no_product",
  below_minimum: "coupons.why.below_minimum",
  rounds_to_nothing: "coupons.why.rounds_to_nothing",
  not_claimed: "coupons.why.not_claimed",
  used: "coupons.why.used",
  used_today: "coupons.why.used_today",
  sold_out: "coupons.why.sold_out",
  budget_spent: "coupons.why.sold_out",
  another_is_better: "coupons.why.another_is_better",
};

/** This function will say why a coupon does not apply. */
export const whyText = (why: string): string => t(WHY[why] ?? "coupons.why.other");

const MINUTES = 60;
const clock = (minute: number): string => `${Math.floor(minute / MINUTES)}:${String(minute % MINUTES).padStart(2, "0")}`;
const DAYS: readonly TextKey[] = [
  "coupons.day1",
  "coupons.day2",
  "coupons.day3",
  "coupons.day4",
  "coupons.day5",
  "coupons.day6",
  "coupons.day7",
];

/** This function will say on which days and at which hours a coupon is good; nothing where always. */
export function hoursText({ weekdays, hours }: Pick<Coupon, "weekdays" | "hours">): string | null {
  const days = weekdays.map((day) => t(DAYS[day - 1] ?? "coupons.day1")).join(" ");
  const times = hours.map(({ begins, ends }) => `${clock(begins)}–${clock(ends)}`).join(", ");
  return [days, times].filter((part) => part !== "").join("  ") || null;
}

/** This function will say how far away the nearest shop is. */
export const farText = (metres: number): string =>
  metres < 1000 ? t("coupons.metres", { far: metres }) : t("coupons.kilometres", { far: (metres / 1000).toFixed(1) });

/** This function will say, fact by fact, why a coupon is offered to somebody. */
export function becauseTexts({ ages_from: from, ages_to: to, districts, level, with_children: children }: Audience): readonly string[] {
  const age =
    from !== null && to !== null
      ? t("coupons.because_ages", { from, to })
      : from !== null
        ? t("coupons.because_from", { from })
        : to !== null && t("coupons.because_to", { to });
  const texts = [
    age,
    districts.length > 0 && t("coupons.because_district", { places: districts.join(", ") }),
    children && t("coupons.because_children"),
    level !== null && t("coupons.because_level"),
  ];
  return texts.filter((text) => typeof text === "string");
}
