import type { NewBenefit, NewCoupon, NewStampCard } from "../../api/rewards";
import { t } from "../../i18n";

export type Kind = "coupon" | "stamps";

/** What the form holds: text as it was typed. */
export interface Draft {
  readonly title: string;
  readonly titleEn: string;
  readonly size: string;
  readonly minimum: string;
  readonly goods: string;
  readonly benefit: "amount" | "percent";
  readonly off: string;
  readonly days: string;
}

export const EMPTY: Draft = { title: "", titleEn: "", size: "10", minimum: "500", goods: "", benefit: "amount", off: "", days: "30" };

const DAY_MS = 86_400_000;
const MOST_TAGS = 10;
const LONGEST_TAG = 40;

/** The tags in a text, with commas of any kind between them, each once. */
export const tagsIn = (text: string): readonly string[] => [
  ...new Set(text.split(/[,，、]/).map((tag) => tag.trim()).filter((tag) => tag !== "")),
];

/** The number in a text, full-width digits included; null where it is none within the bounds. */
export function numberIn(text: string, least: number, most: number): number | null {
  const plain = text.normalize("NFKC").replaceAll(",", "").trim();
  const number = /^\d{1,7}$/.test(plain) ? Number(plain) : null;
  return number !== null && number >= least && number <= most ? number : null;
}

/** This function will say, field by field, what is wrong and what to do. */
export function wrongIn(draft: Draft, kind: Kind): Partial<Record<keyof Draft, string>> {
  const bounds: readonly (readonly [keyof Draft, number, number])[] = [
    ...(kind === "stamps" ? ([["size", 2, 30]] as const) : []),
    ["minimum", 1, 1_000_000],
    ["off", 1, draft.benefit === "amount" ? 100_000 : 100],
    ["days", 1, 365],
  ];
  const wrong: Partial<Record<keyof Draft, string>> = {};
  for (const name of ["title", "titleEn"] as const) if (draft[name].trim() === "") wrong[name] = t("campaigns.needed");
  for (const [name, least, most] of bounds) {
    if (numberIn(draft[name], least, most) === null) wrong[name] = t("campaigns.between", { least, most });
  }
  const tags = tagsIn(draft.goods);
  if (tags.length > MOST_TAGS || tags.some((tag) => tag.length > LONGEST_TAG)) wrong.goods = t("campaigns.tags");
  return wrong;
}

/** This function will make of a sound draft what the city is asked for: from now on, for so many days. */
export function draftOf(draft: Draft, now: Date): { readonly coupon: NewCoupon; readonly card: NewStampCard } {
  const number = (text: string): number => numberIn(text, 0, 9_999_999) ?? 0;
  const off = number(draft.off);
  const benefit: NewBenefit = draft.benefit === "amount" ? { kind: "amount", yen: off } : { kind: "percent", percent: off };
  const coupon: NewCoupon = {
    title: draft.title.trim(),
    title_en: draft.titleEn.trim(),
    starts_at: now.toISOString(),
    ends_at: new Date(now.getTime() + number(draft.days) * DAY_MS).toISOString(),
    minimum: number(draft.minimum),
    benefit,
  };
  return { coupon, card: { ...coupon, size: number(draft.size), products: tagsIn(draft.goods) } };
}
