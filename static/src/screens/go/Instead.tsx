import type { Journey } from "../../api/journeys";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { useNow } from "../../components/DateTime";
import { toast } from "../../components/Toast";
import { t, tx } from "../../i18n";
import { keepJourney, keyOf, type KeptJourney } from "../../offline/journeys";
import { LegBar } from "./LegBar";
import { stepText } from "./NextUp";
import { followed } from "./state";
import { nextStep } from "./troubles";
import type { Watched } from "./watching";
import { changesText, longText, timeOf, walkingText } from "./words";

/** What somebody can do whose journey is broken: ways on from where they are, each to be taken with one press. */
export function Instead({ kept, watched: { instead, alerts, at } }: { readonly kept: KeptJourney; readonly watched: Watched }) {
  const now = useNow(15_000);
  const take = (journey: Journey): void => {
    const key = keyOf(journey);
    keepJourney({ ...kept, key, at, from: journey.legs[0]?.start.name || kept.from, journey, alerts });
    followed.value = key;
    toast(t("jd.taken"));
    go(`/go/journeys/${key}`, { replace: true });
  };
  return (
    <section class="stack" aria-label={t("jd.instead")}>
      <h2 class="group-title">{tx("jd.instead")}</h2>
      <p class={instead.length > 0 ? "hidden" : ""} role="status">
        {instead.length > 0 ? t("jd.instead_count", { count: instead.length }) : tx("jd.instead_none")}
      </p>
      {instead.map((journey, index) => (
        <One key={journey.id} journey={journey} now={now} first={index === 0} onTake={() => take(journey)} />
      ))}
      <Button look="quiet" onPress={() => searchAgain(kept)}>
        {tx("jd.others")}
      </Button>
    </section>
  );
}

/** This function will ask the same question again, from now on. */
export function searchAgain({ question: { at: _at, cursor: _cursor, ...rest } }: KeptJourney): void {
  go("/go/journeys", { given: { question: { ...rest, is_arriving: false } } });
}

interface OneProps {
  readonly journey: Journey;
  readonly now: Date;
  readonly first: boolean;
  readonly onTake: () => void;
}

function One({ journey, now, first, onTake }: OneProps) {
  const { leaves_at, arrives_at, minutes } = journey;
  const step = nextStep(journey, now);
  return (
    <Card>
      <p class="journey-head">
        <strong class="journey-soon">{tx("jd.instead_arrives", { time: timeOf(arrives_at) })}</strong>
      </p>
      <p class="journey-times">
        <span class="hidden">{t("jo.spoken_times", { from: timeOf(leaves_at), to: timeOf(arrives_at), long: longText(t, minutes) })}</span>
        <span aria-hidden="true">{tx("jo.from_to", { from: timeOf(leaves_at), to: timeOf(arrives_at) })}</span>
      </p>
      <LegBar journey={journey} />
      {step && <p class="instead-step">{stepText(step)}</p>}
      <p class="journey-facts">
        <span>{changesText(tx, journey.changes)}</span>
        <span>{walkingText(tx, journey.walk_minutes)}</span>
      </p>
      <Button look={first ? "main" : "plain"} wide onPress={onTake}>
        {tx("jd.take")}
      </Button>
    </Card>
  );
}
