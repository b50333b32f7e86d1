import type { Journey, Leg, Walking } from "../../api/journeys";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";
import { troublesOf, type Trouble } from "./troubles";
import { lineName, metresText } from "./words";

const nameOf = (leg: Leg): string => (leg.trip ? lineName(leg.trip.line) : "");

/** What somebody must know before they set out; spoken when it comes while they look. */
export function Troubles({ journey, walk }: { readonly journey: Journey; readonly walk: Walking }) {
  return (
    <div class="troubles" role="status">
      {troublesOf(journey, walk).map((trouble, index) => (
        <One key={index} trouble={trouble} />
      ))}
    </div>
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
