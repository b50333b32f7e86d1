import type { ComponentChildren } from "preact";
import type { Phase } from "../../api/follow";
import type { Journey } from "../../api/journeys";
import { useNow } from "../../components/DateTime";
import { Notice } from "../../components/Notice";
import { tx } from "../../i18n";
import { useAwake } from "../pay/awake";
import { nextStep, type NextStep } from "./troubles";
import { lineName, longText, minutesUntil, timeOf } from "./words";

/** This function will say what a traveller does next. */
export function stepText({ kind, leg, at }: NextStep): ComponentChildren {
  const time = timeOf(at);
  if (kind === "set_out") return tx("jd.next_set_out", { time });
  if (kind === "board") return tx("jd.next_board", { time, place: leg.start.name, line: leg.trip ? lineName(leg.trip.line) : "" });
  if (kind === "alight") return tx("jd.next_alight", { time, place: leg.end.name });
  if (kind === "walk") return tx("jd.next_walk", { time, place: leg.end.name });
  return tx("jd.next_there", { place: leg.end.name });
}

interface NextUpProps {
  readonly journey: Journey;
  readonly phase: Phase | null;
}

/** What to do next, large. It is spoken when it changes; the minutes that run down are for the eye alone. */
export function NextUp({ journey, phase }: NextUpProps) {
  const now = useNow(5_000);
  useAwake();
  const step = nextStep(journey, now);
  if (step === null) return null;
  const minutes = minutesUntil(step.at, now);
  return (
    <Notice kind={step.kind === "there" ? "done" : "info"} title={tx("jd.following")}>
      <p class="next-step" role="status">
        {stepText(step)}
      </p>
      {step.kind !== "there" && (
        <p class="next-in" aria-hidden="true">
          {minutes <= 0 ? tx("jd.soon") : tx("jd.in", { long: longText(tx, minutes) })}
        </p>
      )}
      {step.kind === "alight" && phase?.next && (
        <p>
          {tx("jd.next_stop", { place: phase.next.place.name })}{" "}
          {phase.stops_left === 0 ? tx("jd.next_stop_is_it") : tx("jd.stops_left", { count: phase.stops_left })}
        </p>
      )}
      <p class="small">{tx("jd.follow_what")}</p>
    </Notice>
  );
}
