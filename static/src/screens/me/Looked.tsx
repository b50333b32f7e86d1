import { useEffect, useState } from "preact/hooks";
import { readAccesses, type Kind } from "../../api/accesses";
import { NoAnswerError } from "../../api/problems";
import type { Looked as Look } from "../../api/types";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { DateTime, Day } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import type { IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { byDay, type Line } from "./looked-days";
import { LookedSheet } from "./LookedSheet";

const KINDS = ["others", "all", "system", "office", "partner", "delegate"] as const;
type Shown = (typeof KINDS)[number];
const ICONS: Readonly<Record<string, IconName>> = {
  self: "person",
  city_system: "office",
  office: "counter",
  partner: "shop",
  delegate: "person",
  emergency: "safe",
};

const ASKED: Readonly<Record<Shown, Kind | null>> = {
  others: "others",
  all: null,
  system: "city_system",
  office: "office",
  partner: "partner",
  delegate: "delegate",
};

/** Who looked at my data: everybody but me first; what machines and I do all day stands folded. */
export default function Looked() {
  const [shown, setShown] = useState<Shown>("others");
  const [looks, setLooks] = useState<readonly Look[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [trouble, setTrouble] = useState<unknown>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Look | null>(null);

  const load = async (kind: Shown, cursor: string | null, isWanted: () => boolean = () => true): Promise<void> => {
    setLoading(true);
    setTrouble(null);
    try {
      const page = await readAccesses(ASKED[kind], cursor);
      if (!isWanted()) return;
      setLooks((held) => (cursor === null ? page.results : [...held, ...page.results]));
      setNext(page.next);
    } catch (error) {
      if (isWanted()) setTrouble(error);
    } finally {
      if (isWanted()) setLoading(false);
    }
  };
  useEffect(() => {
    let wanted = true;
    setLooks([]);
    setNext(null);
    void load(shown, null, () => wanted);
    return () => {
      wanted = false;
    };
  }, [shown]);

  return (
    <Page title={t("looked.title")} heading={tx("looked.title")} back="/me">
      <p>{tx("looked.what")}</p>
      <Choice
        label={tx("looked.who")}
        value={shown}
        onValue={setShown}
        options={KINDS.map((kind) => ({ value: kind, text: tx(`looked.by_${kind}`) }))}
      />
      {byDay(looks).map(({ day, lines }) => (
        <section key={day} aria-labelledby={`looked-${day}`}>
          <h2 class="group-title" id={`looked-${day}`}>
            <Day day={day} />
          </h2>
          <List>
            {lines.flatMap((line) =>
              line.looks.length === 1 || unfolded.has(line.id)
                ? line.looks.map((look) => <One key={look.id} look={look} onPress={() => setOpen(look)} />)
                : [<Folded key={line.id} line={line} onPress={() => setUnfolded(new Set([...unfolded, line.id]))} />],
            )}
          </List>
        </section>
      ))}
      {trouble !== null && (
        <Notice kind="warn" title={trouble instanceof NoAnswerError ? tx("looked.offline") : problemText(trouble)} spoken>
          <Button onPress={() => void load(shown, next)}>{tx("again")}</Button>
        </Notice>
      )}
      {looks.length === 0 && loading && <Skeleton lines={5} />}
      {looks.length === 0 && !loading && trouble === null && (
        <EmptyState icon="safe" title={tx("looked.none")}>
          {tx("looked.none_how")}
        </EmptyState>
      )}
      {next !== null && (
        <Button wide busy={loading} onPress={() => void load(shown, next)}>
          {tx("looked.more")}
        </Button>
      )}
      <LookedSheet look={open} onClose={() => setOpen(null)} />
    </Page>
  );
}

function One({ look, onPress }: { readonly look: Look; readonly onPress: () => void }) {
  const isOwn = look.who.kind === "self";
  return (
    <Row
      icon={ICONS[look.who.kind] ?? "info"}
      {...(isOwn ? { tone: "muted" as const } : {})}
      title={look.sentence}
      detail={<DateTime at={look.at} show="time" />}
      onPress={onPress}
    />
  );
}

function Folded({ line, onPress }: { readonly line: Line; readonly onPress: () => void }) {
  const [first] = line.looks;
  return (
    <Row
      icon={ICONS[first.who.kind] ?? "info"}
      {...(first.who.kind === "partner" ? {} : { tone: "muted" as const })}
      title={first.sentence}
      detail={tx("looked.times", { count: line.looks.length })}
      onPress={onPress}
    />
  );
}
