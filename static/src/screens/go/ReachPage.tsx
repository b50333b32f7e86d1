import { useEffect, useState } from "preact/hooks";
import { findReach, type Reach } from "../../api/journeys";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import type { NamedPlace } from "../../offline/going";
import { mayAskWhere, whereAmI } from "../../state/here";
import { MapDoor } from "./MapDoor";
import { change, going, wish } from "./state";

const SPANS = [15, 30, 45, 60] as const;
const BAND = 10;

/** How far one gets from here, or from where one has chosen to start, in a quarter of an hour up to an hour. */
export default function ReachPage() {
  const [minutes, setMinutes] = useState<number>(30);
  const [reach, setReach] = useState<Reach | null>(null);
  const { busy, trouble, setTrouble, run } = useDeed();
  const { from } = wish.value;
  const find = (): Promise<void> =>
    run(async () => {
      const here = from === "here" ? await whereAmI() : null;
      const start = from === "here" ? here && { lat: here.latitude, lon: here.longitude } : from;
      if (!start) return setTrouble(t("go.here_denied"));
      const { walk, pace, mostWalkMinutes } = going.peek();
      setReach(await findReach({ from: start, minutes, walk, pace, most_walk_minutes: mostWalkMinutes }));
    });
  useEffect(() => {
    void Promise.resolve(from !== "here" || mayAskWhere()).then((may) => (may ? find() : undefined));
  }, [minutes]);
  return (
    <Page
      title={t("reach.title")}
      heading={tx("reach.title")}
      back="/go"
      foot={
        reach === null && (
          <Button look="main" wide icon="go" busy={busy} onPress={() => void find()}>
            {tx("reach.find")}
          </Button>
        )
      }
    >
      <p class="lead">{tx("reach.from", { place: from === "here" ? tx("go.here") : from.name })}</p>
      <Choice
        label={tx("reach.minutes")}
        value={String(minutes)}
        onValue={(value) => setMinutes(Number(value))}
        options={SPANS.map((count) => ({ value: String(count), text: tx("options.up_to", { count }) }))}
      />
      {from === "here" && reach === null && <p class="soft">{tx("go.near_why")}</p>}
      {trouble && <Notice kind="warn" title={trouble} spoken />}
      {busy && reach === null && <Skeleton lines={4} />}
      {reach && <Found reach={reach} />}
    </Page>
  );
}

interface Spot {
  readonly place: NamedPlace;
  readonly minutes: number;
}

/** This function will give the stops by their names, each once with its least minutes, in bands of ten minutes. */
export function bandsOf({ stops }: Reach): readonly (readonly [number, readonly Spot[]])[] {
  const spots = new Map<string, Spot>();
  for (const { place, minutes } of stops) {
    const { name, lat, lon, stop = "" } = place;
    if (!spots.has(name)) spots.set(name, { place: { name, lat, lon, stop }, minutes });
  }
  const bands = new Map<number, Spot[]>();
  for (const spot of spots.values()) {
    const band = Math.max(1, Math.ceil(spot.minutes / BAND)) * BAND;
    bands.set(band, [...(bands.get(band) ?? []), spot]);
  }
  return [...bands].sort(([one], [other]) => one - other);
}

function Found({ reach }: { readonly reach: Reach }) {
  const bands = bandsOf(reach);
  const count = bands.reduce((sum, [, spots]) => sum + spots.length, 0);
  if (count === 0) {
    return (
      <EmptyState icon="go" title={tx("go.near_none")}>
        {tx("reach.none_how")}
      </EmptyState>
    );
  }
  const to = (place: NamedPlace): void => {
    change({ to: place });
    go("/go");
  };
  return (
    <>
      <p role="status">{tx("reach.found", { minutes: reach.minutes, count })}</p>
      <MapDoor words="reach.map" load={async () => (await import("./ReachMap")).default} map={{ reach }} />
      {bands.map(([band, spots], index) => (
        <details key={`${reach.minutes} ${band}`} class="fold" open={index === 0}>
          <summary>{tx("reach.band", { minutes: band, count: spots.length })}</summary>
          <List>
            {spots.map(({ place, minutes }) => (
              <Row key={place.name} icon="go" title={place.name} end={tx("jo.minutes", { count: minutes })} onPress={() => to(place)} />
            ))}
          </List>
        </details>
      ))}
      {reach.attribution && <p class="soft small">{tx("jd.source", { name: reach.attribution })}</p>}
    </>
  );
}
