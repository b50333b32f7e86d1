import type { Journey } from "../../api/journeys";
import { Card } from "../../components/Card";
import { follow } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { WayIcon } from "../../components/WayIcon";
import { tx } from "../../i18n";
import { keyOf } from "../../offline/journeys";
import { fareText, legIcon, longText, metresText } from "./words";

/** The ways from door to door without a timetable: on foot, by bicycle, by taxi. */
export function Direct({ journeys }: { readonly journeys: readonly Journey[] }) {
  if (journeys.length === 0) return null;
  return (
    <Card title={tx("jo.direct")}>
      <ul class="list">
        {journeys.map((journey) => (
          <Way key={journey.id} journey={journey} />
        ))}
      </ul>
    </Card>
  );
}

function Way({ journey }: { readonly journey: Journey }) {
  const leg = journey.legs.find(({ way }) => way !== "walk") ?? journey.legs[0];
  if (!leg) return null;
  const metres = journey.legs.reduce((sum, each) => sum + each.metres, 0);
  const href = `/go/journeys/${keyOf(journey)}`;
  const way = leg.way === "ride" ? "walk" : leg.way;
  return (
    <li>
      <a class="row row-door" href={href} onClick={(event) => follow(event, href)}>
        <span class="row-icon row-icon-plain">
          <WayIcon name={legIcon(leg)} />
        </span>
        <span class="row-main">
          <span class="row-text">
            <span class="row-title">{tx(`jo.direct_${way}`)}</span>
            <span class="row-detail">
              {metresText(metres)}
              {leg.way !== "walk" && <> · {fareText(tx, journey.fare)}</>}
            </span>
          </span>
          <strong class="row-end">{longText(tx, journey.minutes)}</strong>
        </span>
        <Icon name="next" size="s" />
      </a>
    </li>
  );
}
