import type { Catalogue } from "../ja";
import { common } from "./common";
import { counter } from "./counter";
import { home } from "./home";
import { me } from "./me";
import { pay } from "./pay";
import { places } from "./places";
import { problems } from "./problems";
import { signin } from "./signin";
import { till } from "./till";

const zhHans: Catalogue = { ...common, ...counter, ...home, ...me, ...pay, ...places, ...problems, ...signin, ...till };

export default zhHans;
