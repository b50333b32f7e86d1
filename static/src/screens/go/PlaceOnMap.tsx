import type { NamedPlace } from "../../offline/going";
import { ground } from "../../state/ground";
import { MapDoor } from "./MapDoor";
import { openingSpot } from "./opening";

/** The map comes once it is known where it opens, so that it does not jump under a finger. */
async function opened() {
  const [{ default: SpotMap }, spot, told] = await Promise.all([import("./SpotMap"), openingSpot(), ground()]);
  return ({ onChoose }: { readonly onChoose: (chosen: NamedPlace) => void }) => <SpotMap spot={spot} told={told} onChoose={onChoose} />;
}

/** A place that has no name is pointed at. */
export function PlaceOnMap({ onChoose }: { readonly onChoose: (chosen: NamedPlace) => void }) {
  return <MapDoor words="go.map_open" load={opened} map={{ onChoose }} />;
}
