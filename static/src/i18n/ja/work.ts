/** The texts of tills and merchants. They travel to those who work there, with the first of their screens. */
import { merchant } from "./merchant";
import { settlements } from "./settlements";
import { shopDays } from "./shop-days";
import { staff } from "./staff";
import { till } from "./till";

const work = {
  ...merchant,
  ...settlements,
  ...shopDays,
  ...staff,
  ...till,
};

export type WorkCatalogue = Readonly<Record<keyof typeof work, string>>;

export default work as WorkCatalogue;
