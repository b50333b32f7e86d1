import type { Best, Journey } from "../../api/journeys";
import { follow } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { t, tx, type TextKey } from "../../i18n";
import { LegBar } from "./LegBar";
import { troublesOf } from "./troubles";
import { changesText, fareText, journeyRuns, leavesText, longText, timeOf, walkingText } from "./words";

const BEST: Readonly<Record<Best, TextKey>> = {
  soonest: "jo.best_soonest",
  cheapest: "jo.best_cheapest",
  fewest_changes: "jo.best_fewest_changes",
  least_walking: "jo.best_least_walking",
};

interface JourneyRowProps {
  readonly journey: Journey;
  readonly href: string;
  readonly now: Date;
}

/** One journey among others: when to leave, the bar of its legs, and what speaks for it. */
export function JourneyRow({ journey, href, now }: JourneyRowProps) {
  const { leaves_at, arrives_at, minutes } = journey;
  const missed = troublesOf(journey, "walk").some(({ kind }) => kind === "missed");
  const runs = journeyRuns(tx, journey);
  const late = journey.legs.some(({ trip }) => trip && (trip.state === "cancelled" || trip.delay_s >= 60));
  return (
    <li>
      <a class="journey" href={href} onClick={(event) => follow(event, href)}>
        <span class="journey-head">
          <strong class="journey-soon">{leavesText(tx, leaves_at, now)}</strong>
          <span class="journey-best">
            {journey.best.map((each) => (
              <span key={each} class="best">
                {tx(BEST[each])}
              </span>
            ))}
          </span>
        </span>
        <span class="journey-times">
          <span class="hidden">{t("jo.spoken_times", { from: timeOf(leaves_at), to: timeOf(arrives_at), long: longText(t, minutes) })}</span>
          <span aria-hidden="true">{tx("jo.from_to", { from: timeOf(leaves_at), to: timeOf(arrives_at) })}</span>
          <span class="journey-long" aria-hidden="true">
            {longText(tx, minutes)}
          </span>
        </span>
        <LegBar journey={journey} />
        <span class="journey-facts">
          <span class="journey-fare">{fareText(tx, journey.fare)}</span>
          <span>{changesText(tx, journey.changes)}</span>
          <span>{walkingText(tx, journey.walk_minutes)}</span>
          {runs && <span class={late ? "late" : "on-time"}>{runs}</span>}
          {missed && (
            <span class="late">
              <Icon name="warn" size="s" /> {tx("jo.missed")}
            </span>
          )}
        </span>
      </a>
    </li>
  );
}
