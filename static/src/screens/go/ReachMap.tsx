import { LngLatBounds, Marker } from "maplibre-gl";
import { useEffect, useRef } from "preact/hooks";
import type { Reach } from "../../api/journeys";
import { t, tx } from "../../i18n";
import { groundMap } from "../shops/ground-map";

const ROOM = 24;

/** The ground that one reaches, the darker the sooner. The list beside it says the same in words. */
export default function ReachMap({ reach }: { readonly reach: Reach }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const made = groundMap(box.current, t("reach.map_label"));
    const draw = (): void => {
      made.addSource("reach", { type: "geojson", data: reach.area });
      const town = getComputedStyle(document.documentElement).getPropertyValue("--town").trim();
      made.addLayer({ id: "reach", type: "fill", source: "reach", paint: { "fill-color": town, "fill-opacity": 0.16 } });
    };
    if (made.isStyleLoaded()) draw();
    else void made.once("load", draw);
    const mark = document.createElement("span");
    mark.className = "journey-mark journey-mark-end";
    mark.setAttribute("aria-hidden", "true");
    new Marker({ element: mark }).setLngLat([reach.from.lon, reach.from.lat]).addTo(made);
    const bounds = new LngLatBounds([reach.from.lon, reach.from.lat], [reach.from.lon, reach.from.lat]);
    for (const { place } of reach.stops) bounds.extend([place.lon, place.lat]);
    made.fitBounds(bounds, { padding: ROOM, maxZoom: 15, animate: false });
    return () => made.remove();
  }, [reach]);
  return (
    <figure class="stack">
      <div ref={box} class="town-map" role="group" aria-label={t("reach.map_label")} />
      <figcaption class="soft small">{tx("reach.map_list")}</figcaption>
    </figure>
  );
}
