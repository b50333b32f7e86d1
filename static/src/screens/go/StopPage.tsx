import { useState } from "preact/hooks";
import { NoAnswerError } from "../../api/problems";
import { departuresOf, type Departure, type Departures, type Stop } from "../../api/stops";
import { Page } from "../../app/Page";
import { go, type Values } from "../../app/router";
import { Button } from "../../components/Button";
import { Day, DateTime, useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { toast } from "../../components/Toast";
import { WayIcon } from "../../components/WayIcon";
import { language, t, tx } from "../../i18n";
import { foldBoard } from "../../live/departures";
import { jstDay } from "../../i18n/dates";
import { problemText } from "../../i18n/problem-text";
import type { NamedPlace } from "../../offline/going";
import { DepartureRow } from "./Departures";
import { ServiceAlerts } from "./ServiceAlerts";
import { change, isFavourite, toggleFavourite } from "./state";
import { timeOf } from "./words";
import { useAgain } from "./useAgain";
import { useBoardFeed } from "./useBoardFeed";

const FRESH_MS = 30_000;
/** While the feed tells of changes, asking only brings up what leaves later. */
const CALM_MS = 60_000;

/** A stop: what leaves it next, and the way from here or to here. */
export default function StopPage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const [known, setKnown] = useState<Departures | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    try {
      setKnown(await departuresOf(id));
      setTrouble(null);
    } catch (error) {
      setTrouble(error);
    }
  };
  const state = useBoardFeed(id, (heard) => {
    setKnown((old) => {
      const folded = old && foldBoard(old, heard, language.value);
      if (old && folded === null) void load();
      return folded ?? old;
    });
  });
  useAgain(load, state === "live" ? CALM_MS : FRESH_MS, `${id} ${state === "live"}`);
  const stop = known?.stop;
  return (
    <Page
      title={stop?.name ?? t("stop.title")}
      back="/go"
      end={stop && <Favour stop={stop} />}
      foot={
        stop && (
          <Button look="main" wide icon="go" onPress={() => from(stop)}>
            {tx("stop.from_here")}
          </Button>
        )
      }
    >
      {stop?.reading && <p class="soft">{stop.reading}</p>}
      {trouble !== null && (
        <Notice kind="warn" title={trouble instanceof NoAnswerError && !known ? tx("stop.offline") : problemText(trouble)} spoken>
          {known && <p>{tx("stop.as_of", { time: <DateTime at={known.at} /> })}</p>}
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {!known && trouble === null && <Skeleton lines={6} />}
      {known && <Board known={known} />}
      {stop && (
        <Button wide onPress={() => to(stop)}>
          {tx("stop.to_here")}
        </Button>
      )}
    </Page>
  );
}

const placeOf = ({ id, name, lat, lon }: Stop): NamedPlace => ({ stop: id, name, lat, lon });

function from(stop: Stop): void {
  change({ from: placeOf(stop) });
  go("/go");
}

function to(stop: Stop): void {
  change({ to: placeOf(stop) });
  go("/go");
}

function Favour({ stop }: { readonly stop: Stop }) {
  const favoured = isFavourite(stop.id);
  const turn = (): void => {
    const added = toggleFavourite(placeOf(stop));
    toast(t(added ? "stop.favour_done" : "stop.unfavour_done", { name: stop.name }));
  };
  return (
    <button type="button" class="icon-button" aria-pressed={favoured} aria-label={t("stop.favour")} onClick={turn}>
      <WayIcon name="star" filled={favoured} />
    </button>
  );
}

function Board({ known }: { readonly known: Departures }) {
  const now = useNow(10_000);
  const { departures, next_service } = known;
  const live = departures.some(({ state }) => state !== "planned");
  if (departures.length === 0) {
    return (
      <>
        <ServiceAlerts alerts={known.alerts} />
        <EmptyState icon="clock" title={tx("stop.none")}>
          {next_service
            ? tx("stop.none_next", { day: <Day day={next_service.day} />, time: timeOf(next_service.first_at) })
            : tx("stop.none_ever")}
        </EmptyState>
      </>
    );
  }
  return (
    <section class="stack" aria-label={t("stop.departures")}>
      <ServiceAlerts alerts={known.alerts} />
      {days(departures).map(([day, those]) => (
        <div key={day} class="stack">
          {day !== jstDay(now) && (
            <h2 class="group-title">
              <Day day={day} />
            </h2>
          )}
          <ul class="list">
            {those.map((each) => (
              <DepartureRow key={each.id} departure={each} now={now} />
            ))}
          </ul>
        </div>
      ))}
      {!live && <p class="soft small">{tx("stop.planned")}</p>}
    </section>
  );
}

/** Departures by the day on which they leave, in their order. */
function days(departures: readonly Departure[]): readonly (readonly [string, readonly Departure[]])[] {
  const found = new Map<string, Departure[]>();
  for (const each of departures) {
    const day = jstDay(new Date(each.leaves_at));
    found.set(day, [...(found.get(day) ?? []), each]);
  }
  return [...found];
}
