import { useEffect, useState } from "preact/hooks";
import { stopsNear, type StopNear, type StopsNear } from "../../api/stops";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { mayAskWhere, whereAmI, type Here } from "../../state/here";
import { onBack } from "../../state/network";
import { soonText } from "./Departures";
import { going } from "./state";
import { LineBadge } from "./LineBadge";
import { boundText } from "./words";

const FRESH_MS = 30_000;
const STOPS = 5;
const VEHICLES = 2;

type State =
  | { readonly kind: "quiet" | "busy" | "denied" }
  | { readonly kind: "failed"; readonly trouble: unknown }
  | { readonly kind: "known"; readonly near: StopsNear };

/** The stops around and what leaves them next. Where the person allowed it before, at once; else they are asked when they press. */
export function Near() {
  const [state, setState] = useState<State>({ kind: "quiet" });
  const [here, setHere] = useState<Here | null>(null);
  const find = async (): Promise<void> => {
    setState({ kind: "busy" });
    const found = await whereAmI();
    setHere(found);
    if (found === null) setState({ kind: "denied" });
  };
  useEffect(() => {
    void mayAskWhere().then((may) => (may ? find() : undefined));
  }, []);
  useEffect(() => {
    if (here === null) return undefined;
    const load = async (): Promise<void> => {
      if (document.visibilityState !== "visible") return;
      try {
        setState({ kind: "known", near: await stopsNear(here.latitude, here.longitude) });
      } catch (trouble) {
        setState((old) => (old.kind === "known" ? old : { kind: "failed", trouble }));
      }
    };
    void load();
    const timer = setInterval(() => void load(), FRESH_MS);
    const stop = onBack(() => void load());
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [here]);
  return (
    <>
      <Favourites />
      <Card title={tx("go.near")}>
        {(state.kind === "quiet" || state.kind === "denied") && (
          <>
            <Button icon="go" onPress={() => void find()}>
              {tx("go.near_show")}
            </Button>
            <p class="soft" role={state.kind === "denied" ? "alert" : undefined}>
              {tx(state.kind === "denied" ? "go.near_denied" : "go.near_why")}
            </p>
          </>
        )}
        {state.kind === "busy" && <Skeleton lines={3} />}
        {state.kind === "failed" && (
          <Notice kind="warn" title={problemText(state.trouble)} spoken>
            <Button onPress={() => void find()}>{tx("again")}</Button>
          </Notice>
        )}
        {state.kind === "known" && <Stops near={state.near} />}
        <List>
          <Row icon="go" title={tx("go.find_stop")} href="/go/place?for=stop" />
          <Row icon="clock" title={tx("reach.title")} detail={tx("reach.row")} href="/go/reach" />
        </List>
      </Card>
    </>
  );
}

function Stops({ near }: { readonly near: StopsNear }) {
  const now = useNow(15_000);
  if (near.results.length === 0) {
    return (
      <EmptyState icon="go" title={tx("go.near_none")}>
        {tx("go.near_none_how")}
      </EmptyState>
    );
  }
  return (
    <>
      <List>
        {near.results.slice(0, STOPS).map((each) => (
          <Row
            key={each.stop.id}
            title={each.stop.name}
            detail={<Next near={each} now={now} />}
            href={`/go/stops/${encodeURIComponent(each.stop.id)}`}
          />
        ))}
      </List>
      {near.attribution && <p class="soft small">{tx("jd.source", { name: near.attribution })}</p>}
    </>
  );
}

function Next({ near, now }: { readonly near: StopNear; readonly now: Date }) {
  const leaving = near.departures.filter(({ state }) => state !== "cancelled").slice(0, VEHICLES);
  return (
    <span class="near-next">
      <span>{tx("stop.away", { count: Math.max(1, Math.round(near.walk_seconds / 60)) })}</span>
      {leaving.map((each) => (
        <span key={each.id} class="near-vehicle">
          <strong>{soonText(tx, each.leaves_at, now)}</strong>
          <span class="near-what">
            <LineBadge line={each.line} />
            <span>{boundText(tx, each.headsign, each.line)}</span>
          </span>
        </span>
      ))}
      {leaving.length === 0 && <span>{tx("stop.none")}</span>}
    </span>
  );
}

/** Stops that the person put here, first of all. */
function Favourites() {
  const { favourites } = going.value;
  if (favourites.length === 0) return null;
  return (
    <Card title={tx("go.favourites")}>
      <List>
        {favourites.map(({ stop = "", name }) => (
          <Row key={stop} title={name} href={`/go/stops/${encodeURIComponent(stop)}`} />
        ))}
      </List>
    </Card>
  );
}
