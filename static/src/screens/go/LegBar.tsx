import type { Journey, Leg } from "../../api/journeys";
import { WayIcon } from "../../components/WayIcon";
import { lookOf } from "./colours";
import { legIcon, lineName, partsText } from "./words";

/** A leg that takes no time, such as none to a stop before the door, is not drawn. */
const drawn = (leg: Leg): boolean => leg.way !== "walk" || leg.minutes > 0;

/** A journey as a bar: each leg as long as it takes, with its icon, its line and the line's colour. To the ear it is a sentence. */
export function LegBar({ journey }: { readonly journey: Journey }) {
  return (
    <span class="leg-bar-frame">
      <span class="hidden">{partsText(journey)}</span>
      <span class="leg-bar" aria-hidden="true">
        {journey.legs.filter(drawn).map((leg, index) => (
          <Piece key={index} leg={leg} />
        ))}
      </span>
    </span>
  );
}

function Piece({ leg }: { readonly leg: Leg }) {
  const look = leg.trip && lookOf(leg.trip.line.color);
  const colours = look ? { backgroundColor: look.background, color: look.ink } : {};
  return (
    <span class={`leg-piece leg-piece-${leg.way}`} style={{ flexGrow: Math.max(1, leg.minutes), ...colours }}>
      <WayIcon name={legIcon(leg)} size="s" />
      <span class="leg-piece-word">{leg.trip ? lineName(leg.trip.line) : leg.minutes}</span>
    </span>
  );
}
