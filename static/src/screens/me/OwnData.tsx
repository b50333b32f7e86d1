import { useEffect, useState } from "preact/hooks";
import { askForCopy, copyAddress } from "../../api/own-data";
import type { DataCopy } from "../../api/types";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { DateTime } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { foldCopies, type Copies } from "../../live/copies";
import { openFeed } from "../../state/live";

const isUnderWay = ({ state }: DataCopy): boolean => state === "waiting" || state === "making";

/** A copy of everything that the city keeps about me: asked for here, made beside, taken home within a day. */
export default function OwnData() {
  const [copies, setCopies] = useState<Copies | null>(null);
  const { busy, trouble, run } = useDeed();
  useEffect(
    () =>
      openFeed("accounts.exports", {
        snapshot: (snapshot) => setCopies(snapshot as Copies),
        event: (event) => setCopies((old) => old && foldCopies(old, event)),
        state: () => undefined,
      }),
    [],
  );

  const ask = (): Promise<void> =>
    run(async () => {
      const asked = await askForCopy();
      setCopies((old) => foldCopies(old ?? { exports: [] }, { type: "export.changed", data: { export: asked } }));
    });
  const take = (copy: DataCopy): Promise<void> => run(async () => window.location.assign(await copyAddress(copy.id)));
  const waits = copies?.exports.some(isUnderWay) === true;
  return (
    <Page
      title={t("data.title")}
      heading={tx("data.title")}
      back="/me"
      foot={
        !waits && (
          <Button look="main" wide icon="receipt" busy={busy} onPress={() => void ask()}>
            {tx("data.ask")}
          </Button>
        )
      }
    >
      <p>{tx("data.what")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!copies && !trouble && <Skeleton lines={2} />}
      {copies?.exports.length === 0 && <EmptyState icon="receipt" title={tx("data.none")} />}
      {copies && copies.exports.length > 0 && (
        <List>
          {copies.exports.map((copy) => (
            <CopyRow key={copy.id} copy={copy} onTake={() => void take(copy)} />
          ))}
        </List>
      )}
    </Page>
  );
}

function CopyRow({ copy, onTake }: { readonly copy: DataCopy; readonly onTake: () => void }) {
  const title = tx("data.of", { time: <DateTime at={copy.requested_at} /> });
  if (copy.state === "ready" && copy.expires_at !== null) {
    const detail = tx("data.ready", { time: <DateTime at={copy.expires_at} /> });
    return <Row icon="receipt" title={tx("data.take_of", { time: <DateTime at={copy.requested_at} /> })} detail={detail} onPress={onTake} />;
  }
  if (!isUnderWay(copy)) {
    return <Row icon="receipt" tone="muted" title={title} detail={tx(copy.state === "failed" ? "data.failed" : "data.gone")} />;
  }
  const words = t("data.making", { done: copy.done, total: copy.total });
  const bar = <progress class="copy-progress" value={copy.done} max={copy.total} aria-label={words} />;
  return <Row icon="clock" title={title} detail={<span role="status">{words}</span>} end={bar} />;
}
