import type { Map as Maplibre } from "maplibre-gl";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../components/Button";
import { t, tx } from "../../i18n";
import type { NamedPlace } from "../../offline/going";
import { groundMap } from "../shops/ground-map";

const KEYS = new Set(["Enter", " "]);
const HUNDRED_THOUSAND = 100_000;
const rounded = (degrees: number): number => Math.round(degrees * HUNDRED_THOUSAND) / HUNDRED_THOUSAND;

/** A map under a cross: a tap brings a place there, the arrows move it, and the button or Enter takes what is under the cross. */
export default function SpotMap({ onChoose }: { readonly onChoose: (chosen: NamedPlace) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<Maplibre | null>(null);
  const told = useRef(onChoose);
  told.current = onChoose;
  const take = (): void => {
    const middle = map.current?.getCenter();
    if (middle) told.current({ name: t("go.map_spot"), lat: rounded(middle.lat), lon: rounded(middle.lng) });
  };
  useEffect(() => {
    if (!box.current) return undefined;
    const made = groundMap(box.current, t("go.map_title"));
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
      <Button look="main" wide onPress={take}>
        {tx("go.map_take")}
      </Button>
    </div>
  );
}
