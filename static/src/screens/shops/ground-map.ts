/** The town's ground as a map, with its names: what every map of the town stands on. Fetched only when somebody asks for a map. */
import { Map as Maplibre, Marker, NavigationControl, setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { language, t } from "../../i18n";
import { cornersOf, ground } from "../../state/ground";
import { GROUND, MIDDLE, NAMES } from "./town";
import { drawTown } from "./town-layers";

/** A colour of the app, as the map's own language wants it. */
const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Everything that a map is for is drawn above this layer, which shows nothing; the town lies beneath. */
const TOP = "top-of-the-ground";
const ROOM = 16;

function style(): StyleSpecification {
  const width = (far: number, near: number): ["interpolate", ["linear"], ["zoom"], number, number, number, number] => [
    "interpolate", ["linear"], ["zoom"], 12, far, 17, near,
  ];
  const of = (kind: string): ["==", ["get", string], string] => ["==", ["get", "kind"], kind];
  const round = { "line-cap": "round", "line-join": "round" } as const;
  return {
    version: 8,
    sources: { ground: { type: "geojson", data: GROUND } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("--ground") } },
      { id: "river", type: "line", source: "ground", filter: of("river"), layout: round, paint: { "line-color": colour("--river"), "line-width": width(5, 60) } },
      { id: "stream", type: "line", source: "ground", filter: of("stream"), layout: round, paint: { "line-color": colour("--river"), "line-width": width(2, 18) } },
      { id: "road", type: "line", source: "ground", filter: of("road"), layout: round, paint: { "line-color": colour("--edge"), "line-width": width(1.5, 8) } },
      { id: "railway", type: "line", source: "ground", filter: of("railway"), paint: { "line-color": colour("--ink-soft"), "line-width": 2, "line-dasharray": [3, 2] } },
      { id: TOP, type: "background", layout: { visibility: "none" } },
    ],
  };
}

/**
 * This function will draw the town's ground into a box: what is drawn by hand of the demo town, and, as soon as the city tells them, its
 * streets, lines and stops; whoever called it removes the map when the box goes.
 */
export function groundMap(box: HTMLElement, title: string): Maplibre {
  setWorkerUrl(workerUrl);
  const made = new Maplibre({
    container: box,
    style: style(),
    center: MIDDLE,
    zoom: 13.5,
    minZoom: 8,
    maxZoom: 17,
    attributionControl: false,
    dragRotate: false,
    locale: {
      "Map.Title": title,
      "NavigationControl.ZoomIn": t("shops.zoom_in"),
      "NavigationControl.ZoomOut": t("shops.zoom_out"),
    },
  });
  made.addControl(new NavigationControl({ showCompass: false }), "top-right");
  made.touchZoomRotate.disableRotation();
  for (const name of NAMES) {
    const word = document.createElement("span");
    word.className = "map-name";
    word.textContent = language.value.startsWith("ja") ? name.ja : name.en;
    new Marker({ element: word }).setLngLat([...name.at]).addTo(made);
  }
  void ground().then((told) => told && whenDrawn(made, () => drawTown(made, told, TOP)));
  return made;
}

/** This function will show the whole town as soon as the city tells where it is, unless somebody has moved the map by then. */
export function openOnTown(made: Maplibre): void {
  let isMoved = false;
  for (const kind of ["dragstart", "wheel", "click"] as const) void made.once(kind, () => (isMoved = true));
  void ground().then((told) => {
    if (told && !isMoved) made.fitBounds(cornersOf(told).map((each) => [...each]) as [[number, number], [number, number]], { padding: ROOM, maxZoom: 15, animate: false });
  });
}

function whenDrawn(made: Maplibre, draw: () => void): void {
  let isGone = false;
  void made.once("remove", () => (isGone = true));
  const unless = (): void => (isGone ? undefined : draw());
  if (made.isStyleLoaded()) unless();
  else void made.once("load", unless);
}
