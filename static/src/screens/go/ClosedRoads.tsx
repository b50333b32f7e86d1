import type { ClosedRoad, Journey } from "../../api/journeys";
import { Until } from "../../components/DateTime";
import { Notice } from "../../components/Notice";
import { tx, type TextKey } from "../../i18n";
import { closedRoads } from "./closed";
import { dotted } from "./words";

const TITLES: Readonly<Record<ClosedRoad["how"], TextKey>> = {
  avoided: "jd.closed_avoided",
  near: "jd.closed_near",
  not_known: "jd.closed_not_known",
};

/** What is closed about the way: gone around, close by, or perhaps in the way where no map can tell. */
export function ClosedRoads({ journey }: { readonly journey: Journey }) {
  return (
    <>
      {closedRoads(journey).map((road) => (
        <Notice key={road.id} kind={road.how === "not_known" ? "warn" : "info"} title={tx(TITLES[road.how])}>
          <p>{road.name}</p>
          {road.how === "not_known" && <p>{tx("jd.closed_not_known_how")}</p>}
          <p class="soft small">{dotted([road.kind !== "all" && tx(`jd.closed_${road.kind}`), road.ends_at && tx("jd.closed_until", { time: <Until at={road.ends_at} /> }), road.owner])}</p>
        </Notice>
      ))}
    </>
  );
}
