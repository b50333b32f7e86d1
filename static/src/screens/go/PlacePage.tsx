import { useEffect, useState } from "preact/hooks";
import { newKey } from "../../api/intents";
import { findPlaces, savePlace, type SavedKind, type TownPlace } from "../../api/places";
import { NoAnswerError } from "../../api/problems";
import { Page } from "../../app/Page";
import { back, go, place as address } from "../../app/router";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { Field } from "../../components/Field";
import type { IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import type { NamedPlace } from "../../offline/going";
import { mayAskWhere, whereAmI, type Here } from "../../state/here";
import { change, going, MOST_VIA, remember, wish } from "./state";
import { PlaceOnMap } from "./PlaceOnMap";
import { placeOfSaved, savedName, SAVED_ICONS, useSaved } from "./useSaved";
import { dotted, metresText } from "./words";

const TITLES = {
  from: "go.pick_from",
  to: "go.pick_to",
  via: "go.pick_via",
  stop: "go.pick_stop",
  home: "go.pick_home",
  work: "go.pick_work",
  school: "go.pick_school",
  other: "go.pick_other",
} as const satisfies Readonly<Record<string, TextKey>>;
type For = keyof typeof TITLES;

const ICONS: Readonly<Record<TownPlace["kind"], IconName>> = { stop: "go", shop: "shop", facility: "office", shelter: "safe" };
const PAUSE_MS = 200;

const isFor = (text: string | null): text is For => text !== null && text in TITLES;
const isSaving = (what: For): what is SavedKind => what === "home" || what === "work" || what === "school" || what === "other";

/** One question: which place. Typed in any letters, or chosen of those that the person has used before. */
export default function PlacePage() {
  const asked = address.value.query.get("for");
  const what: For = isFor(asked) ? asked : "to";
  const [words, setWords] = useState("");
  const { trouble, run } = useDeed();
  const results = usePlaces(words, what === "stop");
  const choose = (chosen: NamedPlace): void => void run(() => take(what, chosen));
  return (
    <Page title={t(TITLES[what])} heading={tx(TITLES[what])} back={isSaving(what) ? "/go/saved" : "/go"}>
      <search class="stack">
        <Field
          label={tx("go.words")}
          hint={tx("go.words_hint")}
          value={words}
          onValue={setWords}
          input={{ type: "search", enterkeyhint: "search", autocomplete: "off", spellcheck: false, maxLength: 80 }}
        />
      </search>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <p class={results.kind === "known" && results.places.length > 0 ? "soft" : "hidden"} role="status">
        {results.kind === "known" && t("go.found", { count: results.places.length })}
      </p>
      {results.kind === "failed" && (
        <Notice kind="warn" title={results.trouble instanceof NoAnswerError ? tx("go.offline") : problemText(results.trouble)} spoken />
      )}
      {results.kind === "known" && <Results places={results.places} onChoose={choose} />}
      {results.kind !== "known" && <Known what={what} onChoose={choose} onHere={() => takeHere(what)} />}
      {what !== "stop" && results.kind !== "known" && <PlaceOnMap onChoose={choose} />}
    </Page>
  );
}

function takeHere(what: For): void {
  if (what === "from" || what === "to") change({ [what]: "here" });
  back("/go");
}

/** This function will do with a place what the page was opened for. */
async function take(what: For, chosen: NamedPlace): Promise<void> {
  if (what === "stop") {
    if (chosen.stop) go(`/go/stops/${encodeURIComponent(chosen.stop)}`, { replace: true });
    return;
  }
  if (isSaving(what)) {
    const { name, lat = 0, lon = 0, stop = "" } = chosen;
    await savePlace(newKey(), { kind: what, name: what === "other" ? name : "", lat, lon, stop });
    toast(t("saved.kept", { name: savedName({ kind: what, name: what === "other" ? name : "" }) }));
    back("/go/saved");
    return;
  }
  remember(chosen);
  if (what === "via") {
    change({ via: [...wish.peek().via, { place: chosen, minutes: 0 }].slice(0, MOST_VIA) });
    back("/go/options");
    return;
  }
  change({ [what]: chosen });
  back("/go");
}

type Results =
  | { readonly kind: "nothing" }
  | { readonly kind: "known"; readonly places: readonly TownPlace[] }
  | { readonly kind: "failed"; readonly trouble: unknown };

/** This hook will find places for what is typed, once it pauses; an answer to older words is nobody's. */
function usePlaces(words: string, stopsOnly: boolean): Results {
  const [results, setResults] = useState<Results>({ kind: "nothing" });
  const [near, setNear] = useState<Here | null>(null);
  useEffect(() => {
    void mayAskWhere().then(async (may) => may && setNear(await whereAmI()));
  }, []);
  const typed = words.trim();
  useEffect(() => {
    if (typed === "") {
      setResults({ kind: "nothing" });
      return undefined;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      findPlaces(typed, near && { lat: coarse(near.latitude), lon: coarse(near.longitude) }, stopsOnly ? "stop" : null).then(
        ({ results: places }) => wanted && setResults({ kind: "known", places }),
        (trouble: unknown) => wanted && setResults({ kind: "failed", trouble }),
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [typed, near, stopsOnly]);
  return results;
}

/** Three decimals are about a hundred metres: enough to know what is near. */
const coarse = (degrees: number): number => Number(degrees.toFixed(3));

function Results({ places, onChoose }: { readonly places: readonly TownPlace[]; readonly onChoose: (chosen: NamedPlace) => void }) {
  if (places.length === 0) {
    return (
      <EmptyState icon="go" title={tx("go.found_none")}>
        {tx("go.found_none_how")}
      </EmptyState>
    );
  }
  return (
    <List>
      {places.map((each) => (
        <Row
          key={`${each.kind} ${each.id}`}
          icon={ICONS[each.kind]}
          title={each.name}
          detail={dotted([each.reading, each.detail || tx(`go.kind_${each.kind}`)])}
          {...(each.metres === null ? {} : { end: metresText(each.metres) })}
          onPress={() => onChoose(placeOf(each))}
        />
      ))}
    </List>
  );
}

const placeOf = ({ kind, id, name, lat, lon }: TownPlace): NamedPlace => ({ name, lat, lon, ...(kind === "stop" ? { stop: id } : {}) });

/** What needs no typing: here, the places that one keeps, stops one likes, and where one went lately. */
function Known(props: { readonly what: For; readonly onChoose: (chosen: NamedPlace) => void; readonly onHere: () => void }) {
  const { what, onChoose, onHere } = props;
  const { places: saved } = useSaved();
  const { favourites, recent } = going.value;
  const isEnd = what === "from" || what === "to";
  const lately = what === "stop" ? recent.filter(({ stop }) => stop) : recent;
  return (
    <>
      {isEnd && (
        <List>
          <Row icon="go" title={tx("go.here")} detail={tx("go.here_why")} onPress={onHere} />
        </List>
      )}
      {!isSaving(what) && what !== "stop" && saved && saved.length > 0 && (
        <Card title={tx("saved.title")}>
          <List>
            {saved.map((each) => (
              <Row key={each.id} icon={SAVED_ICONS[each.kind]} title={each.name || tx(`saved.kind_${each.kind}`)} onPress={() => onChoose(placeOfSaved(each))} />
            ))}
          </List>
        </Card>
      )}
      {favourites.length > 0 && (
        <Card title={tx("go.favourites")}>
          <List>
            {favourites.map((each) => (
              <Row key={each.stop} icon="go" title={each.name} onPress={() => onChoose(each)} />
            ))}
          </List>
        </Card>
      )}
      {lately.length > 0 && (
        <Card title={tx("go.recent")}>
          <List>
            {lately.map((each) => (
              <Row key={each.stop ?? `${each.lat} ${each.lon}`} icon="history" title={each.name} onPress={() => onChoose(each)} />
            ))}
          </List>
        </Card>
      )}
    </>
  );
}
