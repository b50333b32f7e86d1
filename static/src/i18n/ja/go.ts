/** The texts of getting about. They travel with the first of its screens. */
import { journeys } from "./journeys";
import { planning } from "./planning";
import { stops } from "./stops";

const go = {
  ...journeys,
  ...planning,
  ...stops,
};

export type GoCatalogue = Readonly<Record<keyof typeof go, string>>;

export default go as GoCatalogue;
