import type { Call, Journey, JourneyPlace, JourneysAsked, Leg, Trip } from "../../api/journeys";
import { go } from "../../app/router";
import { Button, Link } from "../../components/Button";
import { toast } from "../../components/Toast";
import { WayIcon } from "../../components/WayIcon";
import { t, tx } from "../../i18n";
import { LineBadge } from "./LineBadge";
import { choose, going } from "./state";
import { boundText, dotted, isLate, legIcon, lineName, longText, metresText, runsText, timeOf } from "./words";
import { Steps } from "./Steps";

interface LegListProps {
  readonly journey: Journey;
  readonly from: string;
  readonly to: string;
  readonly question: JourneysAsked;
}

/** The journey leg by leg, in the order one goes: the list that the map has beside it. Where two legs meet is said once. */
export function LegList({ journey: { legs }, from, to, question }: LegListProps) {
  const shown = legs.filter(({ way, minutes, metres }) => way !== "walk" || minutes > 0 || metres > 0);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return null;
  const named = (end: JourneyPlace, own: string): string => end.name || own;
  return (
    <section aria-label={t("jd.legs")}>
      <ol class="legs">
        {shown.map((leg, index) => (
          <li key={index} class={`leg leg-${leg.way}`}>
            <Points before={shown[index - 1] ?? null} leg={leg} name={index === 0 && !leg.trip ? from || leg.start.name : leg.start.name} />
            {leg.trip ? <Ride leg={leg} trip={leg.trip} question={question} /> : <OwnWay leg={leg} end={leg === last ? named(leg.end, to) : leg.end.name} />}
            {leg === last && <End leg={leg} name={leg.trip ? leg.end.name : to || leg.end.name} />}
          </li>
        ))}
      </ol>
      {shown.some((leg) => leg.is_estimate && leg.way === "walk") && <p class="soft small">{tx("jd.estimate")}</p>}
    </section>
  );
}

/** Where a leg begins: one place with what was before it, or two where one has to be elsewhere than one came to. */
function Points({ before, leg, name }: { readonly before: Leg | null; readonly leg: Leg; readonly name: string }) {
  const wait = before ? Math.floor((Date.parse(leg.leaves_at) - Date.parse(before.arrives_at)) / 60_000) : 0;
  const meets = before !== null && before.end.name === leg.start.name;
  const gets = leg.trip ? (["board"] as const) : [];
  const leaves = { at: leg.leaves_at, planned: leg.planned_leaves_at };
  const waiting = wait > 0 && <p class="leg-wait soft">{tx("jd.wait", { count: wait })}</p>;
  if (before && leg.is_seated) return <Point {...leaves} deeds={["stay"]} name={name} place={leg.start} />;
  if (!before || (meets && !before.trip)) {
    return (
      <>
        {waiting}
        <Point {...leaves} deeds={gets} name={name} place={leg.start} />
      </>
    );
  }
  const arrives = { at: before.arrives_at, planned: before.planned_arrives_at };
  const off = before.trip ? (["alight"] as const) : [];
  if (meets && !leg.trip) return <Point {...arrives} deeds={off} name={name} place={before.end} />;
  return (
    <>
      <Point {...arrives} deeds={off} name={before.end.name} place={before.end} />
      {waiting}
      {leg.trip && <Point {...leaves} deeds={gets} name={name} place={leg.start} />}
    </>
  );
}

function End({ leg, name }: { readonly leg: Leg; readonly name: string }) {
  return <Point at={leg.arrives_at} planned={leg.planned_arrives_at} deeds={leg.trip ? ["alight"] : []} name={name} place={leg.end} />;
}

/** On foot, by bicycle or taxi. */
function OwnWay({ leg, end }: { readonly leg: Leg; readonly end: string }) {
  const way = leg.way === "ride" ? "walk" : leg.way;
  return (
    <div class="leg-way">
      <WayIcon name={legIcon(leg)} />
      <div class="leg-words">
        <p>
          <strong>{tx(`jd.go_${way}`, { place: end })}</strong>
        </p>
        <p class="soft">{tx("jd.walk_long", { count: leg.minutes, metres: metresText(leg.metres) })}</p>
        <Steps steps={leg.steps} />
      </div>
    </div>
  );
}

function Ride({ leg, trip, question }: { readonly leg: Leg; readonly trip: Trip; readonly question: JourneysAsked }) {
  const runs = runsText(tx, trip);
  const { line } = trip;
  return (
    <div class="leg-way">
      <div class="leg-words">
        <p class="leg-line">
          <LineBadge line={line} />
          <span>{boundText(tx, trip.headsign, line)}</span>
          {runs && <span class={isLate(trip) ? "late" : "on-time"}>{runs}</span>}
        </p>
        <p class="soft">
          {longText(tx, leg.minutes)}
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
  readonly deeds: readonly ("board" | "alight" | "stay")[];
  readonly name: string;
  readonly place: JourneyPlace;
}

function Point({ at, planned, deeds, name, place: { reading, platform } }: PointProps) {
  return (
    <p class="leg-point">
      <Time at={at} planned={planned} />
      <span class="leg-place">
        <span>
          {name}
          {deeds.map((deed) => (
            <span key={deed} class="leg-what">
              {tx(`jd.what_${deed}`)}
            </span>
          ))}
        </span>
        {(reading || platform) && (
          <span class="soft small">
            {dotted([reading, platform && tx("jd.platform", { name: platform })])}
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
