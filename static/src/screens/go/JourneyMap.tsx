import { LngLatBounds, Marker, type Map as Maplibre } from "maplibre-gl";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Journey, Leg } from "../../api/journeys";
import { t, tx } from "../../i18n";
import { ground, hasStreets } from "../../state/ground";
import type { Ground } from "../../api/stops";
import { groundMap } from "../shops/ground-map";
import { isDrawn } from "../shops/town";
import { closedRoads } from "./closed";
import { lookOf } from "./colours";
import { pointsOf } from "../../api/polyline";

const ROOM = 40;
const CLOSEST = 16;

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const corner = ([lat, lon]: readonly [number, number]): [number, number] => [lon, lat];

/** The legs of a journey on the town's map: rides in their line's colour, what one goes by oneself as dots. */
export default function JourneyMap({ journey }: { readonly journey: Journey }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const made = groundMap(box.current, t("jd.map_label"));
    const draw = (): void => {
      closed(made, journey);
      journey.legs.forEach((leg, index) => drawn(made, leg, `leg-${index}`));
    };
    if (made.isStyleLoaded()) draw();
    else void made.once("load", draw);
    marked(made, journey);
    const bounds = new LngLatBounds();
    for (const point of journey.legs.flatMap((leg) => pointsOf(leg.line))) bounds.extend(corner(point));
    if (!bounds.isEmpty()) {
      made.fitBounds(bounds, { padding: ROOM, maxZoom: CLOSEST, animate: false });
    }
    return () => made.remove();
  }, [journey.id]);
  const [town, setTown] = useState<Ground | null>(null);
  useEffect(() => void ground().then(setTown), []);
  const ends = journey.legs.flatMap(({ start, end }) => [start, end]);
  return (
    <figure class="stack">
      <div ref={box} class="town-map" role="group" aria-label={t("jd.map_label")} />
      <figcaption class="soft small">
        {tx("jd.map_list")} {closedRoads(journey).length > 0 && tx("jd.map_closed")} {!ends.some((end) => isDrawn(end) || hasStreets(town, end)) && tx("jd.map_bare")}
        {town?.attribution && tx("jd.source", { name: town.attribution })}
      </figcaption>
    </figure>
  );
}

function drawn(map: Maplibre, leg: Leg, id: string): void {
  const coordinates = pointsOf(leg.line).map(corner);
  if (coordinates.length < 2) return;
  map.addSource(id, { type: "geojson", data: { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } } });
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const ridden = leg.trip !== null;
  // An edge of ink keeps a line's own colour readable on any ground.
  if (ridden) map.addLayer({ id: `${id}-edge`, type: "line", source: id, layout: round, paint: { "line-color": colour("--ink"), "line-width": 8 } });
  const own = (leg.trip && lookOf(leg.trip.line.color)?.background) ?? colour("--town");
  const line = ridden ? own : colour("--ink");
  const paint = ridden ? { "line-color": line, "line-width": 6 } : { "line-color": line, "line-width": 5, "line-dasharray": [0.1, 1.8] };
  map.addLayer({ id, type: "line", source: id, layout: round, paint });
}

/** What is closed, as a band in stripes beneath the way; its name and its end stand in the list. */
function closed(map: Maplibre, journey: Journey): void {
  const features = closedRoads(journey).map(({ geometry }) => ({ type: "Feature" as const, properties: {}, geometry }));
  if (features.length === 0) return;
  map.addSource("closed", { type: "geojson", data: { type: "FeatureCollection", features } });
  const layout = { "line-cap": "butt", "line-join": "round" } as const;
  map.addLayer({ id: "closed-area", type: "fill", source: "closed", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--wrong"), "fill-opacity": 0.16 } });
  map.addLayer({ id: "closed-edge", type: "line", source: "closed", layout, paint: { "line-color": colour("--surface"), "line-width": 12 } });
  map.addLayer({ id: "closed", type: "line", source: "closed", layout, paint: { "line-color": colour("--wrong"), "line-width": 10, "line-dasharray": [0.6, 0.4] } });
}

/** Where one sets out, gets on and off, and is there; the names stand in the list. */
function marked(map: Maplibre, { legs }: Journey): void {
  const first = legs[0];
  const last = legs.at(-1);
  if (!first || !last) return;
  const places = [...legs.map(({ start }) => start), last.end];
  places.forEach(({ lat, lon, name }, index) => {
    const mark = document.createElement("span");
    const end = index === 0 || index === places.length - 1;
    mark.className = end ? "journey-mark journey-mark-end" : "journey-mark";
    mark.setAttribute("aria-hidden", "true");
    mark.title = name;
    new Marker({ element: mark }).setLngLat([lon, lat]).addTo(map);
  });
}
