/** The town's streets, lines and stops on a map, beneath whatever the map is for. */
import { Marker, type Map as Maplibre } from "maplibre-gl";
import type { Feature, FeatureCollection } from "geojson";
import { pointsOf } from "../../api/polyline";
import type { Ground } from "../../api/stops";
import { NAMES } from "./town";

const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const MOST_NAMES = 12;
const NAMED_FROM = 13;
/** So far apart in pixels that two names can be read. */
const [WIDE, HIGH] = [110, 30];
const isColour = (text: string): boolean => /^[0-9a-f]{6}$/i.test(text);

const line = (shape: string, properties: Feature["properties"]): Feature => ({
  type: "Feature",
  properties,
  geometry: { type: "LineString", coordinates: pointsOf(shape).map(([lat, lon]) => [lon, lat]) },
});

const together = (features: readonly Feature[]): FeatureCollection => ({ type: "FeatureCollection", features: [...features] });

/** This function will draw what the city told beneath the layer of that name, and write the names of stops where there is room. */
export function drawTown(made: Maplibre, told: Ground, beneath: string): void {
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const zoom = (far: number, near: number): ["interpolate", ["linear"], ["zoom"], number, number, number, number] => [
    "interpolate", ["linear"], ["zoom"], 11, far, 17, near,
  ];
  const widths = { minor: zoom(0.3, 4), middle: zoom(0.8, 7), main: zoom(1.5, 9) };
  for (const size of ["minor", "middle", "main"] as const) {
    const features = told.streets.filter((each) => each.size === size).map(({ shape }) => line(shape, {}));
    if (features.length === 0) continue;
    made.addSource(`streets-${size}`, { type: "geojson", data: together(features) });
    const paint = { "line-color": colour("--edge"), "line-width": widths[size], "line-opacity": size === "main" ? 1 : 0.6 };
    made.addLayer({ id: `streets-${size}`, type: "line", source: `streets-${size}`, layout: round, paint }, beneath);
  }
  const lines = told.lines.map(({ shape, color }) => line(shape, { color: isColour(color) ? `#${color}` : colour("--town") }));
  made.addSource("town-lines", { type: "geojson", data: together(lines) });
  made.addLayer({ id: "town-lines", type: "line", source: "town-lines", layout: round, paint: { "line-color": ["get", "color"], "line-width": zoom(1, 4), "line-opacity": 0.5 } }, beneath);
  const stops = told.stops.map(({ lat, lon }): Feature => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [lon, lat] } }));
  made.addSource("town-stops", { type: "geojson", data: together(stops) });
  const paint = { "circle-radius": zoom(0.8, 6), "circle-color": colour("--surface"), "circle-stroke-color": colour("--ink-soft"), "circle-stroke-width": zoom(0.4, 1.5) };
  made.addLayer({ id: "town-stops", type: "circle", source: "town-stops", paint }, beneath);
  named(made, told);
}

/** Write the names of the most frequented stops in view, each time the map comes to rest. */
function named(made: Maplibre, told: Ground): void {
  let shown: Marker[] = [];
  const write = (): void => {
    for (const each of shown) each.remove();
    shown = made.getZoom() < NAMED_FROM ? [] : roomy(made, told).map(({ name, lat, lon }) => {
      const word = document.createElement("span");
      word.className = "map-name";
      word.textContent = name;
      return new Marker({ element: word, anchor: "bottom" }).setLngLat([lon, lat]).addTo(made);
    });
  };
  made.on("moveend", write);
  write();
}

function roomy(made: Maplibre, told: Ground): Ground["stops"] {
  const view = made.getBounds();
  const taken = NAMES.map(({ at }) => made.project([...at]));
  const found: Ground["stops"][number][] = [];
  for (const stop of told.stops) {
    if (found.length === MOST_NAMES) break;
    if (!view.contains([stop.lon, stop.lat])) continue;
    const at = made.project([stop.lon, stop.lat]);
    if (taken.some(({ x, y }) => Math.abs(x - at.x) < WIDE && Math.abs(y - at.y) < HIGH)) continue;
    taken.push(at);
    found.push(stop);
  }
  return found;
}
