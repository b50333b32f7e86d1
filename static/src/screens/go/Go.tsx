import { useEffect, useState } from "preact/hooks";
import { Page } from "../../app/Page";
import { go } from "../../app/router";
import { Button, follow } from "../../components/Button";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { WayIcon } from "../../components/WayIcon";
import { t, tx } from "../../i18n";
import { keptJourneys } from "../../offline/journeys";
import { whereAmI } from "../../state/here";
import { me } from "../../state/session";
import { Near } from "./Near";
import { change, followed, going, needsHere, questionOf, readGoing, remember, swap, wish, type End } from "./state";
import { placeOfSaved, SAVED_ICONS, useSaved } from "./useSaved";
import { WhenField } from "./WhenField";
import { optionsText } from "./choices";
import { leavesText, timeOf } from "./words";

const LATELY = 3;

/** From where to where and when: "here" and "now" stand there already. Below, what was looked at lately and what leaves near. */
export default function Go() {
  const { busy, trouble, setTrouble, run } = useDeed();
  useEffect(readGoing, []);
  const search = (): Promise<void> => run(() => ask(setTrouble));
  return (
    <Page
      title={t("go.title")}
      heading={tx("go.title")}
      foot={
        <Button look="main" wide icon="go" busy={busy} onPress={() => void search()}>
          {tx("go.search")}
        </Button>
      }
    >
      <Card>
        <Ends />
        <SavedChips />
        {trouble && <Notice kind="error" title={trouble} spoken />}
        <WhenField />
        <List>
          <Row title={tx("go.options")} detail={optionsText(going.value)} href="/go/options" />
        </List>
      </Card>
      <Lately />
      <Near />
    </Page>
  );
}

/** This function will ask for journeys, once it is known from where to where; the phone's own place is asked for only now. */
async function ask(say: (sentence: string) => void): Promise<void> {
  const wanted = wish.peek();
  if (wanted.to === null) return say(t("go.to_missing"));
  const { when } = wanted;
  if (when.kind !== "now" && !(when.day && when.time)) return say(t("go.time_missing"));
  const here = needsHere(wanted) ? await whereAmI() : null;
  if (needsHere(wanted) && here === null) return say(t("go.here_denied"));
  const question = questionOf(wanted, going.peek(), here, t("go.here"));
  if (question === null) return say(t("go.to_missing"));
  if (wanted.to !== "here") remember(wanted.to);
  go("/go/journeys", { given: { question } });
}

const nameOf = (end: End | null, otherwise: string): string => (end === "here" ? t("go.here") : (end?.name ?? otherwise));

function Ends() {
  const [said, say] = useState("");
  const { from, to } = wish.value;
  const turn = (): void => {
    swap();
    const turned = wish.peek();
    say(t("go.swapped", { from: nameOf(turned.from, ""), to: nameOf(turned.to, "") }));
  };
  return (
    <div class="ends">
      <div class="ends-both">
        <EndLink which="from" end={from} />
        <EndLink which="to" end={to} />
      </div>
      {to !== null && (
        <button type="button" class="icon-button ends-swap" aria-label={t("go.swap")} onClick={turn}>
          <WayIcon name="swap" />
        </button>
      )}
      <p class="hidden" role="status">
        {said}
      </p>
      {(from === "here" || to === "here") && <p class="soft small ends-why">{tx("go.here_why")}</p>}
    </div>
  );
}

function EndLink({ which, end }: { readonly which: "from" | "to"; readonly end: End | null }) {
  const href = `/go/place?for=${which}`;
  const what = which === "from" ? "go.from" : "go.to";
  return (
    <a class={`end${end === null ? " end-empty" : ""}`} href={href} onClick={(event) => follow(event, href)}>
      <span class="end-what">{tx(what)}</span>
      <span class="end-name">{end === "here" ? tx("go.here") : (end?.name ?? tx("go.choose"))}</span>
      <Icon name="next" size="s" />
    </a>
  );
}

/** Home and work, one tap away. */
function SavedChips() {
  const { places } = useSaved();
  if (!me.value) return null;
  return (
    <div class="chips">
      {places?.map((saved) => (
        <button key={saved.id} type="button" class="chip chip-icon" onClick={() => change({ to: placeOfSaved(saved) })}>
          <Icon name={SAVED_ICONS[saved.kind]} size="s" />
          <span>{tx("go.to_saved", { name: saved.name || tx(`saved.kind_${saved.kind}`) })}</span>
        </button>
      ))}
      <a class="chip chip-icon" href="/go/saved" onClick={(event) => follow(event, "/go/saved")} aria-label={places?.length ? t("saved.title") : undefined}>
        <Icon name={places?.length ? "more" : "plus"} size="s" />
        {!places?.length && <span>{tx("saved.title")}</span>}
      </a>
    </div>
  );
}

/** Journeys that this phone keeps, readable without a connection. */
function Lately() {
  const now = new Date();
  const kept = [...keptJourneys()]
    .sort((one, other) => Number(other.key === followed.value) - Number(one.key === followed.value))
    .slice(0, LATELY);
  if (kept.length === 0) return null;
  return (
    <Card title={tx("go.lately")}>
      <List>
        {kept.map(({ key, from, to, journey }) => (
          <Row
            key={key}
            icon="history"
            title={tx("go.lately_leg", { from, to })}
            detail={
              <>
                {key === followed.value && <strong>{tx("jd.following")} · </strong>}
                {tx("jo.from_to", { from: timeOf(journey.leaves_at), to: timeOf(journey.arrives_at) })} · {leavesText(tx, journey.leaves_at, now)}
              </>
            }
            href={`/go/journeys/${key}`}
          />
        ))}
      </List>
    </Card>
  );
}

