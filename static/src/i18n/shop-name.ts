import type { ShopName } from "../api/types";
import { language } from ".";

/** This function will call a shop by the name on its sign, or by its Latin one for those who do not read Japanese. */
export function shopName(shop: ShopName): string {
  const japanese = language.value === "ja" || language.value === "ja-easy";
  return japanese ? shop.name : shop.name_en || shop.name;
}
