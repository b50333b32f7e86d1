import { Map as Maplibre, Marker, NavigationControl, setWorkerUrl, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useRef } from "preact/hooks";
import { go } from "../../app/router";
import { language, t } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import type { Found } from "./search";
import { GROUND, MIDDLE, NAMES } from "./town";

const MILLION = 1_000_000;

/** A colour of the app, as the map's own language wants it. */
const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

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
    ],
  };
}

/** The shops on a map of the town; the list below it is the same without it. A press on a mark opens the shop. */
export default function ShopMap({ found }: { readonly found: readonly Found[] }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<Maplibre | null>(null);
  useEffect(() => {
    if (!box.current) return;
    setWorkerUrl(workerUrl);
    const made = new Maplibre({
      container: box.current,
      style: style(),
      center: MIDDLE,
      zoom: 13.5,
      minZoom: 11,
      maxZoom: 17,
      attributionControl: false,
      dragRotate: false,
      locale: {
        "Map.Title": t("shops.map"),
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
    map.current = made;
    return () => made.remove();
  }, []);
  useEffect(() => {
    const marks = found.flatMap(({ shop }) => {
      const { point } = shop.details;
      if (!point || !map.current) return [];
      const mark = document.createElement("button");
      mark.type = "button";
      mark.className = shop.door?.is_open ? "map-mark map-mark-open" : "map-mark";
      mark.setAttribute("aria-label", shopName(shop));
      mark.addEventListener("click", () => go(`/pay/shops/${shop.id}`));
      return [new Marker({ element: mark }).setLngLat([point.longitude_e6 / MILLION, point.latitude_e6 / MILLION]).addTo(map.current)];
    });
    return () => marks.forEach((mark) => mark.remove());
  }, [found]);
  return <div ref={box} class="town-map" role="region" aria-label={t("shops.map")} />;
}
