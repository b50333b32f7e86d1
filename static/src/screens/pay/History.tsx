import { useEffect, useState } from "preact/hooks";
import { NoAnswerError } from "../../api/problems";
import type { Entry } from "../../api/types";
import { readHistory } from "../../api/wallet";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { Day } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { EntryRow } from "../../components/EntryRow";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { daysBetween, jstDay } from "../../i18n/dates";
import { problemText } from "../../i18n/problem-text";
import { mine } from "../../state/wallet";
import { byDay, merged } from "./history-days";

/** Every movement, under its day; new ones appear by themselves at the top. */
export default function History() {
  const [pages, setPages] = useState<readonly Entry[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [trouble, setTrouble] = useState<unknown>(null);

  const load = async (cursor: string | null): Promise<void> => {
    setLoading(true);
    setTrouble(null);
    try {
      const page = await readHistory(cursor);
      setPages((held) => (cursor === null ? page.results : [...held, ...page.results]));
      setNext(page.next);
    } catch (error) {
      setTrouble(error);
    } finally {
      setLoading(false);
    }
  };
  useEffect(() => void load(null), []);

  const groups = byDay(merged(pages, mine.value?.entries ?? []));
  const today = jstDay(new Date());
  return (
    <Page title={t("history.title")} heading={tx("history.title")} back="/pay">
      <List>
        <Row icon="receipt" title={tx("order.mine")} detail={tx("order.mine_row")} href="/pay/orders" />
      </List>
      {groups.map(({ day, entries }) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h2 class="group-title" id={`day-${day}`}>
            <DayName day={day} today={today} />
          </h2>
          <List>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} show="time" />
            ))}
          </List>
        </section>
      ))}
      {trouble !== null && (
        <Notice kind="warn" title={trouble instanceof NoAnswerError ? tx("history.offline") : problemText(trouble)} spoken>
          <Button onPress={() => void load(next)}>{tx("again")}</Button>
        </Notice>
      )}
      {groups.length === 0 && loading && <Skeleton lines={5} />}
      {groups.length === 0 && !loading && trouble === null && (
        <EmptyState
          icon="receipt"
          title={tx("home.recent_empty")}
          action={
            <ButtonLink look="main" icon="scan" href="/pay/scan">
              {tx("home.scan")}
            </ButtonLink>
          }
        >
          {tx("home.recent_empty_how")}
        </EmptyState>
      )}
      {next !== null && (
        <Button wide busy={loading} onPress={() => void load(next)}>
          {tx("history.more")}
        </Button>
      )}
    </Page>
  );
}

function DayName({ day, today }: { readonly day: string; readonly today: string }) {
  const ago = daysBetween(day, today);
  return (
    <>
      {ago === 0 && <>{tx("history.today")} </>}
      {ago === 1 && <>{tx("history.yesterday")} </>}
      <Day day={day} />
    </>
  );
}
