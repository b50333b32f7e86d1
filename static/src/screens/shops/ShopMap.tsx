import { Marker, type Map as Maplibre } from "maplibre-gl";
import { useEffect, useRef } from "preact/hooks";
import { go } from "../../app/router";
import { t } from "../../i18n";
import { shopName } from "../../i18n/shop-name";
import { groundMap, openOnTown } from "./ground-map";
import type { Found } from "./search";

const MILLION = 1_000_000;

/** The shops on a map of the town; the list below it is the same without it. A press on a mark opens the shop. */
export default function ShopMap({ found }: { readonly found: readonly Found[] }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<Maplibre | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const made = groundMap(box.current, t("shops.map"));
    openOnTown(made);
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
