import { useEffect, useState } from "preact/hooks";
import type { Carrier, LineKind, TransitLine } from "../../api/journeys";
import { townLines } from "../../api/stops";
import { Page } from "../../app/Page";
import { back } from "../../app/router";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Tick, Ticks, toggled } from "../../components/Tick";
import { t, tx, type TextKey } from "../../i18n";
import { USUAL, type NamedLine } from "../../offline/going";
import { plain } from "../shops/search";
import { GAIT_WORDS, GAITS, gaitOf, hasDisability, isChild, KINDS, ofGait, riderOf, WALKS, type Gait } from "./choices";
import { LineBadge } from "./LineBadge";
import { change, choose, going, MOST_VIA, wish } from "./state";
import { lineName } from "./words";

const STAYS = [0, 15, 30, 60, 120] as const;
const SHOWN_LINES = 8;

/** How somebody goes: it stays chosen on this phone until they choose otherwise. */
export default function OptionsPage() {
  const how = going.value;
  const lines = useTownLines();
  return (
    <Page
      title={t("options.title")}
      heading={tx("options.title")}
      back="/go"
      foot={
        <Button look="main" wide onPress={() => back("/go")}>
          {tx("options.done")}
        </Button>
      }
    >
      <Choice
        label={tx("options.walk")}
        layout="column"
        value={gaitOf(how)}
        onValue={(gait: Gait) => choose(ofGait(gait))}
        options={GAITS.map((value) => ({ value, text: tx(GAIT_WORDS[value]) }))}
      />
      <Choice
        label={tx("options.most_walk")}
        value={String(how.mostWalkMinutes)}
        onValue={(minutes) => choose({ mostWalkMinutes: Number(minutes) })}
        options={WALKS.map((count) => ({ value: String(count), text: tx("options.up_to", { count }) }))}
      />
      <Ticks label={tx("options.with")}>
        <Own carrier="taxi" words="options.taxi" how="options.taxi_how" />
        <Own carrier="bicycle" words="options.bicycle" how="options.bicycle_how" />
        <Tick checked={how.hasBicycle} onChecked={(hasBicycle) => choose({ hasBicycle })} detail={tx("options.carry_how")}>
          {tx("options.carry")}
        </Tick>
      </Ticks>
      <Kinds lines={lines} />
      <Ticks label={tx("options.fare")}>
        <Tick checked={isChild(how)} onChecked={(child) => choose({ rider: riderOf(child, hasDisability(how)) })} detail={tx("options.child_how")}>
          {tx("options.child")}
        </Tick>
        <Tick
          checked={hasDisability(how)}
          onChecked={(disability) => choose({ rider: riderOf(isChild(how), disability) })}
          detail={tx("options.disability_how")}
        >
          {tx("options.disability")}
        </Tick>
      </Ticks>
      <Via />
      <Lines lines={lines} />
      <Button look="quiet" wide onPress={asUsual}>
        {tx("options.all_usual")}
      </Button>
    </Page>
  );
}

/** This function will go back to how most people go; favourites and places stay. */
function asUsual(): void {
  const { favourites, recent } = going.peek();
  choose({ ...USUAL, favourites, recent });
  change({ via: [] });
}

function Own({ carrier, words, how }: { readonly carrier: Carrier; readonly words: TextKey; readonly how: TextKey }) {
  const { own } = going.value;
  return (
    <Tick
      checked={own.includes(carrier)}
      onChecked={(chosen) => choose({ own: toggled(own, carrier, chosen) as readonly Carrier[] })}
      detail={tx(how)}
    >
      {tx(words)}
    </Tick>
  );
}

/** Places to pass on the way, and how long one stays there. */
function Via() {
  const { via } = wish.value;
  const stay = (index: number, minutes: number): void =>
    change({ via: via.map((each, at) => (at === index ? { ...each, minutes } : each)) });
  return (
    <Card title={tx("options.via")}>
      {via.map(({ place, minutes }, index) => (
        <div key={`${place.name} ${index}`} class="stack">
          <Choice
            label={tx("options.stay", { name: place.name })}
            value={String(minutes)}
            onValue={(value) => stay(index, Number(value))}
            options={STAYS.map((count) => ({ value: String(count), text: count === 0 ? tx("options.stay_none") : tx("options.stay_minutes", { count }) }))}
          />
          <Button onPress={() => change({ via: via.filter((_each, at) => at !== index) })}>{tx("options.remove", { name: place.name })}</Button>
        </div>
      ))}
      {via.length < MOST_VIA && (
        <ButtonLink icon="plus" href="/go/place?for=via">
          {tx("options.via_add")}
        </ButtonLink>
      )}
    </Card>
  );
}

const named = (line: TransitLine): NamedLine => ({ id: line.id, name: lineName(line) });
const without = (lines: readonly NamedLine[], id: string): readonly NamedLine[] => lines.filter((each) => each.id !== id);

/** The lines of the town; none while they are not known. */
function useTownLines(): readonly TransitLine[] {
  const [lines, setLines] = useState<readonly TransitLine[]>([]);
  useEffect(() => {
    townLines().then(
      ({ results }) => setLines(results),
      () => undefined, // without the list, what was chosen can still be taken away
    );
  }, []);
  return lines;
}

/** The kinds of vehicles that run in the town, of which somebody may leave some out; one at least stays. */
function Kinds({ lines }: { readonly lines: readonly TransitLine[] }) {
  const { without } = going.value;
  const kinds = KINDS.filter((kind) => without.includes(kind) || lines.some((line) => line.kind === kind));
  const ridden = kinds.filter((kind) => !without.includes(kind));
  if (kinds.length < 2 && without.length === 0) return null;
  return (
    <Ticks label={tx("options.kinds")}>
      {kinds.map((kind) => (
        <Tick
          key={kind}
          checked={ridden.includes(kind)}
          disabled={ridden.length === 1 && ridden[0] === kind}
          onChecked={(chosen) => choose({ without: toggled(without, kind, !chosen) as readonly LineKind[] })}
        >
          {tx(`way.by_${kind}`)}
        </Tick>
      ))}
    </Ticks>
  );
}

/** Lines that somebody avoids or likes, and the way to find them by their name. */
function Lines({ lines }: { readonly lines: readonly TransitLine[] }) {
  const { avoided, preferred } = going.value;
  const [words, setWords] = useState("");
  const wanted = plain(words);
  const fits = wanted === "" ? [] : lines.filter((line) => [line.name, line.long_name].some((name) => plain(name).includes(wanted)));
  return (
    <Card title={tx("options.lines")}>
      {avoided.map(({ id, name }) => (
        <Button key={id} icon="close" label={t("options.remove", { name })} onPress={() => choose({ avoided: without(avoided, id) })}>
          {tx("options.avoid_line", { name })}
        </Button>
      ))}
      {preferred.map(({ id, name }) => (
        <Button key={id} icon="close" label={t("options.remove", { name })} onPress={() => choose({ preferred: without(preferred, id) })}>
          {tx("options.prefer_line", { name })}
        </Button>
      ))}
      <Field
        label={tx("options.lines_find")}
        hint={tx("options.lines_hint")}
        value={words}
        onValue={setWords}
        input={{ type: "search", autocomplete: "off" }}
      />
      <div role="status">{wanted !== "" && fits.length === 0 && <p class="soft">{tx("options.lines_none")}</p>}</div>
      {fits.slice(0, SHOWN_LINES).map((line) => (
        <LineChoice key={line.id} line={line} />
      ))}
    </Card>
  );
}

function LineChoice({ line }: { readonly line: TransitLine }) {
  const { avoided, preferred } = going.value;
  const one = named(line);
  const avoids = avoided.some(({ id }) => id === line.id);
  const prefers = preferred.some(({ id }) => id === line.id);
  return (
    <div class="line-choice" role="group" aria-label={one.name}>
      <LineBadge line={line} />
      {line.long_name && line.name && <span class="soft">{line.long_name}</span>}
      <span class="chips">
        <button
          type="button"
          class="chip"
          aria-pressed={avoids}
          onClick={() => choose({ avoided: avoids ? without(avoided, line.id) : [...avoided, one], preferred: without(preferred, line.id) })}
        >
          {tx("options.avoid")}
        </button>
        <button
          type="button"
          class="chip"
          aria-pressed={prefers}
          onClick={() => choose({ preferred: prefers ? without(preferred, line.id) : [...preferred, one], avoided: without(avoided, line.id) })}
        >
          {tx("options.prefer")}
        </button>
      </span>
    </div>
  );
}
