import type { NamedPlace } from "../../offline/going";
import { MapDoor } from "./MapDoor";

/** A place that has no name is pointed at. */
export function PlaceOnMap({ onChoose }: { readonly onChoose: (chosen: NamedPlace) => void }) {
  return <MapDoor words="go.map_open" load={async () => (await import("./SpotMap")).default} map={{ onChoose }} />;
}
