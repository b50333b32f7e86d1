import type { Catalogue } from "../ja";
import { common } from "./common";
import { consents } from "./consents";
import { counter } from "./counter";
import { coupons } from "./coupons";
import { data } from "./data";
import { family } from "./family";
import { home } from "./home";
import { identity } from "./identity";
import { links } from "./links";
import { looked } from "./looked";
import { me } from "./me";
import { messages } from "./messages";
import { orders } from "./orders";
import { papers } from "./papers";
import { pay } from "./pay";
import { payouts } from "./payouts";
import { places } from "./places";
import { premium } from "./premium";
import { problems } from "./problems";
import { rewards } from "./rewards";
import { screen } from "./screen";
import { sending } from "./sending";
import { shops } from "./shops";
import { signin } from "./signin";
import { topUp } from "./top-up";

const jaEasy: Catalogue = {
  ...common,
  ...consents,
  ...counter,
  ...coupons,
  ...data,
  ...family,
  ...home,
  ...identity,
  ...links,
  ...looked,
  ...me,
  ...messages,
  ...orders,
  ...papers,
  ...pay,
  ...payouts,
  ...places,
  ...premium,
  ...problems,
  ...rewards,
  ...screen,
  ...sending,
  ...shops,
  ...signin,
  ...topUp,
};

export default jaEasy;
