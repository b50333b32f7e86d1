import type { WorkCatalogue } from "../ja/work";
import { merchant } from "./merchant";
import { settlements } from "./settlements";
import { shopDays } from "./shop-days";
import { staff } from "./staff";
import { till } from "./till";

const work: WorkCatalogue = {
  ...merchant,
  ...settlements,
  ...shopDays,
  ...staff,
  ...till,
};

export default work;
