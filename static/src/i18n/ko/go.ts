import type { GoCatalogue } from "../ja/go";
import { journeys } from "./journeys";
import { planning } from "./planning";
import { stops } from "./stops";

const go: GoCatalogue = {
  ...journeys,
  ...planning,
  ...stops,
};

export default go;
