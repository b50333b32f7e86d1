import { useEffect, useMemo, useState } from "preact/hooks";
import type { Journey, ServiceAlert } from "../../api/journeys";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { Notice } from "../../components/Notice";
import { WayIcon } from "../../components/WayIcon";
import { toast } from "../../components/Toast";
import { t, tx } from "../../i18n";
import { keptJourney, type KeptJourney } from "../../offline/journeys";
import { offlineSince } from "../../state/network";
import { ClosedRoads } from "./ClosedRoads";
import { FareCard } from "./FareCard";
import { Instead, searchAgain } from "./Instead";
import { LegBar } from "./LegBar";
import { LegList } from "./LegList";
import { MapDoor } from "./MapDoor";
import { NextUp } from "./NextUp";
import { ServiceAlerts } from "./ServiceAlerts";
import { handOver, journeyAsText } from "./sharing";
import { followed } from "./state";
import { Troubles } from "./TroubleNotices";
import { tightChange } from "./troubles";
import { changesText, fareText, journeyRuns, leavesText, longText, timeOf, walkingText } from "./words";
import { useWatched, type Watched } from "./watching";

/** One journey from door to door. It is read from the phone first, so it stands also without a connection. */
export default function JourneyPage({ values }: { readonly values: Values }) {
  const kept = useMemo(() => keptJourney(values.id ?? ""), [values.id]);
  if (kept === null) {
    return (
      <Page title={t("jo.title")} heading={tx("jo.title")} back="/go">
        <EmptyState icon="go" title={tx("jd.missing")} action={<ButtonLink href="/go">{tx("jo.none_asked_do")}</ButtonLink>}>
          {tx("jd.missing_how")}
        </EmptyState>
      </Page>
    );
  }
  return <OneJourney kept={kept} />;
}

function OneJourney({ kept }: { readonly kept: KeptJourney }) {
  const follows = followed.value === kept.key;
  const watched = useWatched(kept, follows);
  const { journey, alerts } = watched;
  const isOver = Date.parse(journey.arrives_at) < Date.now();
  useShown(`${follows} ${watched.trouble?.kind} ${watched.trouble?.leg}`, follows);
  const turn = (): void => {
    followed.value = follows ? null : kept.key;
  };
  return (
    <Page
      title={t("jd.title", { place: kept.to })}
      heading={tx("jd.title", { place: kept.to })}
      back="/go/journeys"
      foot={
        !isOver && (
          <Button look={follows ? "plain" : "main"} wide onPress={turn}>
            {tx(follows ? "jd.unfollow" : "jd.follow")}
          </Button>
        )
      }
    >
      <Troubles journey={journey} walk={kept.question.walk} broken={watched.trouble} tight={tightChange(journey, watched.changes, new Date())} eased={watched.eased} />
      {watched.trouble ? <Instead kept={kept} watched={watched} /> : follows && <NextUp journey={journey} phase={watched.phase} />}
      <Summary journey={journey} follows={follows} />
      <Standing kept={kept} watched={watched} />
      <ClosedRoads journey={journey} />
      <Alerts journey={journey} alerts={alerts} />
      <LegList journey={journey} from={kept.from} to={kept.to} question={kept.question} />
      <MapDoor words="jd.map" load={async () => (await import("./JourneyMap")).default} map={{ journey }} />
      <FareCard journey={journey} />
      <Share kept={kept} journey={journey} />
      {kept.attribution && <p class="soft small">{tx("jd.source", { name: kept.attribution })}</p>}
    </Page>
  );
}

/** This hook will bring what is above into sight when it says something else, also for whoever reads further down. */
function useShown(what: string, wanted: boolean): void {
  useEffect(() => {
    if (wanted) window.scrollTo(0, 0);
  }, [what]);
}

function Summary({ journey, follows }: { readonly journey: Journey; readonly follows: boolean }) {
  const now = useNow(15_000);
  const runs = journeyRuns(tx, journey);
  const late = journey.legs.some(({ trip }) => trip && (trip.state === "cancelled" || trip.delay_s >= 60));
  return (
    <Card>
      {!follows && <p class="journey-soon journey-soon-big">{leavesText(tx, journey.leaves_at, now)}</p>}
      <p class="journey-times">
        <span class="hidden">
          {t("jo.spoken_times", { from: timeOf(journey.leaves_at), to: timeOf(journey.arrives_at), long: longText(t, journey.minutes) })}
        </span>
        <span aria-hidden="true">{tx("jo.from_to", { from: timeOf(journey.leaves_at), to: timeOf(journey.arrives_at) })}</span>
        <span class="journey-long" aria-hidden="true">
          {longText(tx, journey.minutes)}
        </span>
      </p>
      <LegBar journey={journey} />
      <p class="journey-facts">
        <span class="journey-fare">{fareText(tx, journey.fare)}</span>
        <span>{changesText(tx, journey.changes)}</span>
        <span>{walkingText(tx, journey.walk_minutes)}</span>
        {runs && <span class={late ? "late" : "on-time"}>{runs}</span>}
      </p>
    </Card>
  );
}

/** Since when what is shown is true, and whether the journey can still be had. */
function Standing({ kept, watched }: { readonly kept: KeptJourney; readonly watched: Watched }) {
  if (offlineSince.value !== null) {
    return (
      <Notice kind="info" spoken>
        {tx("jd.kept", { time: <DateTime at={watched.at} /> })}
      </Notice>
    );
  }
  if (!watched.stands) {
    return (
      <Notice kind="warn" title={tx("jd.gone")} spoken>
        <p>{tx("jd.gone_how")}</p>
        <Button onPress={() => searchAgain(kept)}>{tx("jd.others")}</Button>
      </Notice>
    );
  }
  if (!watched.journey.is_live) return null;
  return <p class="soft small">{tx("jd.as_of", { time: <DateTime at={watched.at} show="time" /> })}</p>;
}

/** What is said about the vehicles of this journey. */
function Alerts({ journey, alerts }: { readonly journey: Journey; readonly alerts: readonly ServiceAlert[] }) {
  const numbers = new Set(journey.legs.flatMap((leg) => leg.alerts));
  return <ServiceAlerts alerts={alerts.filter((_alert, number) => numbers.has(number))} />;
}

function Share({ kept, journey }: { readonly kept: KeptJourney; readonly journey: Journey }) {
  const [busy, setBusy] = useState(false);
  const share = async (): Promise<void> => {
    setBusy(true);
    const done = await handOver(journeyAsText(journey, kept.from, kept.to));
    setBusy(false);
    if (done !== "shared") toast(t(done === "copied" ? "jd.copied" : "jd.share_failed"));
  };
  return (
    <button type="button" class="button button-plain button-wide" aria-busy={busy} onClick={() => void share()}>
      <WayIcon name="share" />
      <span>{tx("jd.share")}</span>
    </button>
  );
}
