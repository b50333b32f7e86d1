import type { Entry, ShopName } from "../api/types";
import { language } from ".";

/** This function will call a shop by the name on its sign, or by its Latin one for those who do not read Japanese. */
export function shopName(shop: ShopName): string {
  const japanese = language.value === "ja" || language.value === "ja-easy";
  return japanese ? shop.name : shop.name_en || shop.name;
}

/** This function will name the shop of a movement of money, in the same way; null where there was none. */
export function entryShop({ shop_name, shop_name_en }: Entry): string | null {
  return shop_name === null ? null : shopName({ id: "", name: shop_name, name_en: shop_name_en ?? "" });
}
