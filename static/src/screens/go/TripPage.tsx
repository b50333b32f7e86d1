import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { readTrip, type Call, type Contact, type TripRun } from "../../api/journeys";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, Link } from "../../components/Button";
import { Card } from "../../components/Card";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { LineBadge } from "./LineBadge";
import { useAgain } from "./useAgain";
import { boundText, isLate, lineName, runsText, timeOf } from "./words";

const FRESH_MS = 20_000;
const POSITIONS: Readonly<Record<TripRun["position"], TextKey>> = {
  before: "trip.position_before",
  at_stop: "trip.position_at_stop",
  between: "trip.position_between",
  over: "trip.position_over",
};

/** One vehicle on its way: all its stops, and where it should be now. */
export default function TripPage({ values }: { readonly values: Values }) {
  const [run, setRun] = useState<TripRun | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    try {
      setRun(await readTrip(values.id ?? "", values.day ?? ""));
      setTrouble(null);
    } catch (error) {
      setTrouble(error);
    }
  };
  useAgain(load, FRESH_MS, `${values.id} ${values.day}`);
  const title = run
    ? t("trip.title", { line: lineName(run.trip.line), headsign: boundText(t, run.trip.headsign, run.trip.line) })
    : t("jd.whole_trip");
  return (
    <Page title={title} heading={run ? heading(run) : tx("jd.whole_trip")} back="/go">
      {trouble !== null && (
        <Notice kind="warn" title={problemText(trouble)} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {!run && trouble === null && <Skeleton lines={6} />}
      {run && <Run run={run} />}
    </Page>
  );
}

const heading = ({ trip: { line, headsign } }: TripRun): ComponentChildren =>
  tx("trip.title", { line: lineName(line), headsign: boundText(tx, headsign, line) });

/** This function will say where the vehicle is. */
export function positionText({ position, passed, calls }: TripRun): ComponentChildren {
  const place = calls[Math.min(passed, calls.length - 1)]?.place.name ?? "";
  return tx(POSITIONS[position], { place });
}

function Run({ run }: { readonly run: TripRun }) {
  const runs = runsText(tx, run.trip);
  const behind = run.position === "over" ? 0 : Math.max(0, run.passed - 1);
  return (
    <>
      <Card>
        <p class="leg-line">
          <LineBadge line={run.trip.line} />
          {runs && <span class={isLate(run.trip) ? "late" : "on-time"}>{runs}</span>}
        </p>
        <p class="lead" role="status">
          {positionText(run)}
        </p>
        {run.trip.state === "planned" && <p class="soft small">{tx("trip.by_timetable")}</p>}
      </Card>
      <Card title={tx("trip.stops")}>
        {behind > 0 && (
          <details class="fold">
            <summary>{tx("trip.behind", { count: behind })}</summary>
            <Calls run={run} from={0} to={behind} />
          </details>
        )}
        <Calls run={run} from={behind} to={run.calls.length} />
      </Card>
      {run.contacts.length > 0 && (
        <Card title={tx("trip.contacts")}>
          {run.contacts.map((each) => (
            <Asked key={each.name} contact={each} />
          ))}
        </Card>
      )}
    </>
  );
}

function Asked({ contact: { name, phone, url, address } }: { readonly contact: Contact }) {
  return (
    <p>
      {url ? <a href={url}>{name}</a> : name}
      {phone && (
        <>
          {" "}
          <a href={`tel:${phone}`}>{phone}</a>
        </>
      )}
      {address && <span class="soft small"> {address}</span>}
    </p>
  );
}

/** Some of the stops, in order; what lies far behind is folded away. */
function Calls({ run, from, to }: { readonly run: TripRun; readonly from: number; readonly to: number }) {
  return (
    <ol class="run">
      {run.calls.slice(from, to).map((call, index) => (
        <OneCall key={index} call={call} run={run} index={from + index} />
      ))}
    </ol>
  );
}

function OneCall({ call, run, index }: { readonly call: Call; readonly run: TripRun; readonly index: number }) {
  const { passed, position } = run;
  const here = index === passed && position !== "over" && position !== "before";
  const state = index < passed ? "run-passed" : here ? "run-here" : "";
  const time = index === 0 ? call.leaves_at : call.arrives_at;
  const planned = index === 0 ? call.planned_leaves_at : call.planned_arrives_at;
  return (
    <li class={`run-call ${state} ${call.is_skipped ? "struck" : ""}`} aria-current={here ? "step" : undefined}>
      <span class="leg-time">
        {timeOf(time)}
        {timeOf(time) !== timeOf(planned) && <span class="soft small">{tx("jd.planned", { time: timeOf(planned) })}</span>}
      </span>
      <span class="run-place">
        {call.place.stop ? <Link href={`/go/stops/${encodeURIComponent(call.place.stop)}`}>{call.place.name}</Link> : call.place.name}
        {here && position === "at_stop" && <strong>{tx("trip.here")}</strong>}
        {index < passed && <span class="hidden">{tx("trip.passed")}</span>}
        {call.is_skipped && <span>{tx("jd.skipped")}</span>}
      </span>
    </li>
  );
}
