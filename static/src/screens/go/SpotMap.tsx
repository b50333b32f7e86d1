import type { Map as Maplibre } from "maplibre-gl";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Ground } from "../../api/stops";
import { Button } from "../../components/Button";
import { t, tx } from "../../i18n";
import type { NamedPlace } from "../../offline/going";
import { hasStreets } from "../../state/ground";
import { groundMap, openOnTown } from "../shops/ground-map";
import { isDrawn } from "../shops/town";
import type { Spot } from "./opening";

const KEYS = new Set(["Enter", " "]);
const CLOSE = 15;
const HUNDRED_THOUSAND = 100_000;
const rounded = (degrees: number): number => Math.round(degrees * HUNDRED_THOUSAND) / HUNDRED_THOUSAND;

interface Props {
  /** Where it opens; null for the whole town. */
  readonly spot: Spot | null;
  /** What the city tells of itself; null where it tells nothing. */
  readonly told: Ground | null;
  readonly onChoose: (chosen: NamedPlace) => void;
}

/** A map under a cross: a tap brings a place there, the arrows move it, and the button or Enter takes what is under the cross. */
export default function SpotMap({ spot, told: town, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<Maplibre | null>(null);
  const told = useRef(onChoose);
  told.current = onChoose;
  const [isBare, setBare] = useState(false);
  const take = (): void => {
    const middle = map.current?.getCenter();
    if (middle) told.current({ name: t("go.map_spot"), lat: rounded(middle.lat), lon: rounded(middle.lng) });
  };
  useEffect(() => {
    if (!box.current) return undefined;
    const made = groundMap(box.current, t("go.map_title"));
    if (spot) made.jumpTo({ center: [spot.lon, spot.lat], zoom: CLOSE });
    else openOnTown(made);
    const look = (): void => {
      const { lat, lng: lon } = made.getCenter();
      setBare(!isDrawn({ lat, lon }) && !hasStreets(town, { lat, lon }));
    };
    made.on("moveend", look);
    look();
    made.on("click", ({ lngLat }) => made.easeTo({ center: lngLat }));
    made.getCanvas().addEventListener("keydown", (event) => {
      if (!KEYS.has(event.key)) return;
      event.preventDefault();
      take();
    });
    map.current = made;
    return () => made.remove();
  }, []);
  return (
    <div class="stack">
      <p class="field-hint" id="spot-map-how">
        {tx("go.map_how")}
      </p>
      <div class="pick-map">
        <div ref={box} class="town-map" role="group" aria-label={t("go.map_title")} aria-describedby="spot-map-how" />
        <span class="pick-map-cross" aria-hidden="true" />
      </div>
      <p class="soft small" role="status">
        {isBare && tx("go.map_bare")} {town?.attribution && tx("jd.source", { name: town.attribution })}
      </p>
      <Button look="main" wide onPress={take}>
        {tx("go.map_take")}
      </Button>
    </div>
  );
}
