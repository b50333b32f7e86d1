import { Fragment } from "preact";
import type { Call, Journey, JourneysAsked, Leg, Trip } from "../../api/journeys";
import { go } from "../../app/router";
import { Button, Link } from "../../components/Button";
import { toast } from "../../components/Toast";
import { WayIcon } from "../../components/WayIcon";
import { t, tx } from "../../i18n";
import { LineBadge } from "./LineBadge";
import { choose, going } from "./state";
import { isLate, legIcon, lineName, longText, metresText, runsText, timeOf } from "./words";
import { Steps } from "./Steps";

interface LegListProps {
  readonly journey: Journey;
  readonly from: string;
  readonly to: string;
  readonly question: JourneysAsked;
}

/** The journey leg by leg, in the order one goes: the list that the map has beside it. */
export function LegList({ journey: { legs }, from, to, question }: LegListProps) {
  const shown = legs.filter(({ way, minutes, metres }) => way !== "walk" || minutes > 0 || metres > 0);
  return (
    <section aria-label={t("jd.legs")}>
      <ol class="legs">
        {shown.map((leg, index) => {
          const start = index === 0 && !leg.trip ? from || leg.start.name : leg.start.name;
          const end = index === shown.length - 1 && !leg.trip ? to || leg.end.name : leg.end.name;
          return (
            <Fragment key={index}>
              <Wait before={shown[index - 1]} leg={leg} />
              {leg.trip ? <Ride leg={leg} trip={leg.trip} question={question} /> : <OwnWay leg={leg} start={start} end={end} />}
            </Fragment>
          );
        })}
      </ol>
    </section>
  );
}

/** The minutes that one waits between two legs, where it is worth knowing. */
function Wait({ before, leg }: { readonly before: Leg | undefined; readonly leg: Leg }) {
  const minutes = before ? Math.floor((Date.parse(leg.leaves_at) - Date.parse(before.arrives_at)) / 60_000) : 0;
  return minutes > 0 ? <li class="leg-wait soft">{tx("jd.wait", { count: minutes })}</li> : null;
}

/** On foot, by bicycle or taxi. */
function OwnWay({ leg, start, end }: { readonly leg: Leg; readonly start: string; readonly end: string }) {
  const way = leg.way === "ride" ? "walk" : leg.way;
  return (
    <li class={`leg leg-${way}`}>
      <p class="leg-point">
        <Time at={leg.leaves_at} planned={leg.leaves_at} />
        <span class="leg-place">{start}</span>
      </p>
      <div class="leg-way">
        <WayIcon name={legIcon(leg)} />
        <div class="leg-words">
          <p>
            <strong>{tx(`jd.go_${way}`, { place: end })}</strong>
          </p>
          <p class="soft">{tx("jd.walk_long", { count: leg.minutes, metres: metresText(leg.metres) })}</p>
          {leg.is_estimate && way === "walk" && <p class="soft small">{tx("jd.estimate")}</p>}
          <Steps steps={leg.steps} />
        </div>
      </div>
      <p class="leg-point">
        <Time at={leg.arrives_at} planned={leg.arrives_at} />
        <span class="leg-place">{end}</span>
      </p>
    </li>
  );
}

function Ride({ leg, trip, question }: { readonly leg: Leg; readonly trip: Trip; readonly question: JourneysAsked }) {
  const runs = runsText(trip);
  const { line } = trip;
  return (
    <li class="leg leg-ride">
      <Point at={leg.leaves_at} planned={leg.planned_leaves_at} what="board" name={leg.start.name} reading={leg.start.reading} platform={leg.start.platform} />
      <div class="leg-way">
        <div class="leg-words">
          <p class="leg-line">
            <LineBadge line={line} />
            <span>{tx("jd.bound", { place: trip.headsign })}</span>
            {runs && <span class={isLate(trip) ? "late" : "on-time"}>{runs}</span>}
          </p>
          <p class="soft">
            {longText(leg.minutes)}
            {line.agency && <> · {tx("jd.agency", { name: line.agency })}</>}
          </p>
          <Calls calls={leg.calls} />
          <p class="leg-deeds">
            <Link href={`/go/trips/${encodeURIComponent(trip.id)}/${trip.day}`}>{tx("jd.whole_trip")}</Link>
            <Button look="quiet" onPress={() => avoid(trip, question)}>
              {tx("jd.avoid")}
            </Button>
          </p>
        </div>
      </div>
      <Point at={leg.arrives_at} planned={leg.planned_arrives_at} what="alight" name={leg.end.name} reading={leg.end.reading} platform={leg.end.platform} />
    </li>
  );
}

/** This function will ask again without a line, and say so; the choice is undone where options are. */
function avoid({ line }: Trip, question: JourneysAsked): void {
  const name = lineName(line);
  const avoided = [...going.peek().avoided.filter(({ id }) => id !== line.id), { id: line.id, name }];
  choose({ avoided, preferred: going.peek().preferred.filter(({ id }) => id !== line.id) });
  const asked = { ...question, avoided_routes: avoided.map(({ id }) => id), preferred_routes: going.peek().preferred.map(({ id }) => id) };
  toast(t("jd.avoided", { name }));
  go("/go/journeys", { given: { question: asked } });
}

interface PointProps {
  readonly at: string;
  readonly planned: string;
  readonly what: "board" | "alight";
  readonly name: string;
  readonly reading: string | undefined;
  readonly platform: string | undefined;
}

function Point({ at, planned, what, name, reading, platform }: PointProps) {
  return (
    <p class="leg-point">
      <Time at={at} planned={planned} />
      <span class="leg-place">
        <span>
          {name} <span class="leg-what">{tx(`jd.what_${what}`)}</span>
        </span>
        {(reading || platform) && (
          <span class="soft small">
            {[reading, platform ? t("jd.platform", { name: platform }) : ""].filter(Boolean).join(" · ")}
          </span>
        )}
      </span>
    </p>
  );
}

/** When it is now; where that is not the plan, the plan beside it. */
function Time({ at, planned }: { readonly at: string; readonly planned: string }) {
  const differs = timeOf(at) !== timeOf(planned);
  return (
    <span class="leg-time">
      <time dateTime={at} class={differs ? "late" : undefined}>
        {timeOf(at)}
      </time>
      {differs && <span class="soft small">{tx("jd.planned", { time: timeOf(planned) })}</span>}
    </span>
  );
}

/** The stops in between, folded until somebody wants them. */
function Calls({ calls }: { readonly calls: readonly Call[] }) {
  if (calls.length === 0) return <p class="soft small">{tx("jd.next_stop_is_it")}</p>;
  return (
    <details class="fold">
      <summary>{tx("jd.stops", { count: calls.length })}</summary>
      <ol class="calls-between">
        {calls.map((call, index) => (
          <li key={index} class={call.is_skipped ? "struck" : undefined}>
            <span class="leg-time">{timeOf(call.arrives_at)}</span>
            <span>
              {call.place.name} {call.is_skipped && tx("jd.skipped")}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
