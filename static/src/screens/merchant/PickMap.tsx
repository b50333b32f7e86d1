import { Marker, type GeoJSONSource, type Map as Maplibre } from "maplibre-gl";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Point } from "../../api/shops";
import { Button } from "../../components/Button";
import { t, tx } from "../../i18n";
import { groundMap, openOnTown } from "../shops/ground-map";
import { MILLION, pointOf } from "./place";

const CLOSE = 16;
const KEYS = new Set(["Enter", " "]);

interface Props {
  readonly point: Point | null;
  readonly corners: readonly Point[];
  readonly onPoint: (point: Point) => void;
}

const placeOf = ({ latitude_e6, longitude_e6 }: Point): [number, number] => [longitude_e6 / MILLION, latitude_e6 / MILLION];

/**
 * A map on which one place is chosen: by a tap, by dragging the mark, or by keyboard, where the arrows move the map under the cross in
 * its middle and Enter, or the button below, takes what is there.
 */
export default function PickMap({ point, corners, onPoint }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<Maplibre | null>(null);
  const told = useRef(onPoint);
  const [said, setSaid] = useState("");
  told.current = onPoint;
  const take = (latitude: number, longitude: number): void => {
    told.current(pointOf(latitude, longitude));
    setSaid(t("merchant.map_chosen", { place: `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` }));
  };
  const takeMiddle = (): void => {
    const middle = map.current?.getCenter();
    if (middle) take(middle.lat, middle.lng);
  };
  useEffect(() => {
    if (!box.current) return;
    const made = groundMap(box.current, t("merchant.map_title"));
    made.on("click", ({ lngLat }) => take(lngLat.lat, lngLat.lng));
    made.getCanvas().addEventListener("keydown", (event) => {
      if (!KEYS.has(event.key)) return;
      event.preventDefault();
      takeMiddle();
    });
    if (point) made.jumpTo({ center: placeOf(point), zoom: CLOSE });
    else openOnTown(made);
    map.current = made;
    return () => made.remove();
  }, []);
  useEffect(() => {
    if (!point || !map.current) return;
    const mark = new Marker({ draggable: true, color: getComputedStyle(document.documentElement).getPropertyValue("--town").trim() });
    mark.setLngLat(placeOf(point)).addTo(map.current);
    mark.getElement().setAttribute("aria-hidden", "true"); // the numbers below say it, and the keyboard has the cross
    mark.getElement().setAttribute("tabindex", "-1");
    mark.on("dragend", () => take(mark.getLngLat().lat, mark.getLngLat().lng));
    if (!map.current.getBounds().contains(placeOf(point))) map.current.easeTo({ center: placeOf(point), zoom: CLOSE });
    return () => void mark.remove();
  }, [point?.latitude_e6, point?.longitude_e6]);
  useEffect(() => outlined(map.current, corners), [corners]);
  return (
    <>
      <p class="field-hint" id="pick-map-how">
        {tx("merchant.map_how")}
      </p>
      <div class="pick-map">
        <div ref={box} class="town-map" role="group" aria-label={t("merchant.map_title")} aria-describedby="pick-map-how" />
        <span class="pick-map-cross" aria-hidden="true" />
      </div>
      <p class="soft" role="status">
        {said}
      </p>
      <Button wide onPress={takeMiddle}>
        {tx("merchant.map_middle")}
      </Button>
    </>
  );
}

/** Draw the town's outline, as soon as the map is ready for it. */
function outlined(map: Maplibre | null, corners: readonly Point[]): void {
  if (!map || corners.length === 0) return;
  const ring = [...corners, corners[0]].flatMap((corner) => (corner ? [placeOf(corner)] : []));
  const data = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } } as const;
  const draw = (): void => {
    const known = map.getSource<GeoJSONSource>("outline");
    if (known) return void known.setData(data);
    map.addSource("outline", { type: "geojson", data });
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--ink-soft").trim();
    map.addLayer({ id: "outline", type: "line", source: "outline", paint: { "line-color": colour, "line-width": 1.5, "line-dasharray": [4, 3] } });
  };
  if (map.isStyleLoaded()) draw();
  else void map.once("load", draw);
}
