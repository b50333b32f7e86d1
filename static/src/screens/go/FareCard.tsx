import type { ComponentChildren } from "preact";
import type { FareLine, Journey } from "../../api/journeys";
import { Card } from "../../components/Card";
import { tx, type TextKey } from "../../i18n";
import { dotted, fareText, lineName, sumText, wayText } from "./words";

/** Why a line of a fare is what it is, where there is more to say than its price. */
const WHY: Readonly<Record<string, TextKey>> = {
  change: "jd.fare_change",
  through: "jd.fare_through",
  pass: "jd.fare_pass",
  child: "jd.fare_child",
  disability: "jd.fare_disability",
  child_disability: "jd.fare_child_disability",
  infant: "jd.fare_infant",
  discount: "jd.fare_change",
};

/** What it costs, line by line; what nobody knows is said as unknown. */
export function FareCard({ journey: { fare, legs } }: { readonly journey: Journey }) {
  if (fare.lines.length === 0) return null;
  const what = (line: FareLine): ComponentChildren => {
    const leg = legs[line.leg];
    return leg?.trip ? lineName(leg.trip.line) : leg ? wayText(tx, leg) : "";
  };
  return (
    <Card title={tx("jd.fare")}>
      <dl class="facts">
        {fare.lines.map((line, index) => (
          <div key={index} class="facts-pair">
            <dt>{dotted([what(line), line.name, WHY[line.why] && tx(WHY[line.why] as TextKey)])}</dt>
            <dd>{line.amount === null ? tx("jo.fare_unknown") : sumText(tx, line.amount, line.currency)}</dd>
          </div>
        ))}
        <div class="facts-pair fare-total">
          <dt>{tx("jd.fare_total")}</dt>
          <dd>{fareText(tx, fare)}</dd>
        </div>
      </dl>
      {fare.lines.some(({ amount }) => amount === null) && <p class="soft">{tx("jd.fare_unknown_how")}</p>}
    </Card>
  );
}
