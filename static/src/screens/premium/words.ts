/** What a campaign is called, and in which words its state is told. */
import type { Offer } from "../../api/premium";
import type { TextKey } from "../../i18n";
import { shopName } from "../../i18n/shop-name";

export const offerName = ({ name, name_en }: Pick<Offer, "name" | "name_en">): string => shopName({ id: "", name, name_en });

/** What so many units come to with their bonus, which is rounded down of the whole. */
export const wholeOf = ({ unit_yen, rate_bp }: Pick<Offer, "unit_yen" | "rate_bp">, units: number): number =>
  units * unit_yen + Math.floor((units * unit_yen * rate_bp) / 10_000);

export const STATES: Readonly<Record<Offer["state"], TextKey>> = {
  soon: "premium.soon",
  applying: "premium.applying",
  drawing: "premium.drawing",
  selling: "premium.selling",
  sold_out: "premium.sold_out",
  over: "premium.over",
};
