import type { Broken } from "../../api/follow";
import type { Journey, Leg, Walking } from "../../api/journeys";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";
import { troublesOf, type Trouble } from "./troubles";
import { lineName, metresText } from "./words";

const nameOf = (leg: Leg): string => (leg.trip ? lineName(leg.trip.line) : "");

interface TroublesProps {
  readonly journey: Journey;
  readonly walk: Walking;
  /** What the city, which watches this journey, says stands in the way; it knows better than the times alone do. */
  readonly broken: Broken | null;
  readonly tight: Leg | null;
  readonly eased: boolean;
}

/** What somebody must know before they set out or go on; spoken when it comes while they look. */
export function Troubles({ journey, walk, broken, tight, eased }: TroublesProps) {
  const found = troublesOf(journey, walk).filter(({ kind }) => broken === null || (kind !== "missed" && kind !== "cancelled"));
  return (
    <div class="troubles" role="status">
      {broken && <Barred journey={journey} broken={broken} />}
      {eased && <Notice kind="done" title={tx("jd.eased")} />}
      {tight && <Notice kind="info" title={tx("jd.trouble_tight", { line: nameOf(tight) })} />}
      {found.map((trouble, index) => (
        <One key={index} trouble={trouble} />
      ))}
    </div>
  );
}

/** What stands in the way of a journey that the city watches. */
function Barred({ journey: { legs }, broken: { kind, leg } }: { readonly journey: Journey; readonly broken: Broken }) {
  const ride = legs[leg];
  if (!ride) return null;
  const line = nameOf(ride);
  if (kind === "skipped") return <Notice kind="warn" title={tx("jd.trouble_skipped", { line, from: ride.start.name, to: ride.end.name })} />;
  if (kind !== "missed") return <Notice kind="warn" title={tx(`jd.trouble_${kind}`, { line })} />;
  const before = legs.slice(0, leg).findLast(({ trip }) => trip !== null);
  return (
    <Notice kind="warn" title={tx("jd.trouble_missed", { line })}>
      {before && tx("jd.trouble_missed_how", { line: nameOf(before) })}
    </Notice>
  );
}

function One({ trouble }: { readonly trouble: Trouble }) {
  switch (trouble.kind) {
    case "cancelled":
      return <Notice kind="warn" title={tx("jd.trouble_cancelled", { line: nameOf(trouble.leg) })} />;
    case "missed":
      return (
        <Notice kind="warn" title={tx("jd.trouble_missed", { line: nameOf(trouble.leg) })}>
          {tx("jd.trouble_missed_how", { line: nameOf(trouble.after) })}
        </Notice>
      );
    case "no_wheelchair":
      return <Notice kind="warn" title={tx("jd.trouble_no_wheelchair", { line: nameOf(trouble.leg) })} />;
    case "wheelchair_unknown":
      return (
        <Notice kind="info" title={tx("jd.trouble_wheelchair_unknown", { line: nameOf(trouble.leg) })}>
          {trouble.leg.trip?.line.agency && tx("jd.trouble_wheelchair_how", { name: trouble.leg.trip.line.agency })}
        </Notice>
      );
    case "stairs":
      return <Notice kind="warn" title={tx("jd.trouble_stairs", { place: trouble.leg.end.name })} />;
    case "risk":
      return (
        <Notice kind="info" title={tx("jd.trouble_risk", { metres: metresText(trouble.metres) })}>
          {tx("jd.trouble_risk_how")}
        </Notice>
      );
  }
}
