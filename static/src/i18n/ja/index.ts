/** The source of all texts. The other languages have the same keys; a test proves it. */
import { common } from "./common";
import { counter } from "./counter";
import { home } from "./home";
import { me } from "./me";
import { pay } from "./pay";
import { places } from "./places";
import { problems } from "./problems";
import { signin } from "./signin";
import { till } from "./till";

const ja = { ...common, ...counter, ...home, ...me, ...pay, ...places, ...problems, ...signin, ...till };

export type TextKey = keyof typeof ja;
export type Catalogue = Readonly<Record<TextKey, string>>;

export default ja as Catalogue;
