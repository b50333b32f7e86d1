import { useEffect, useState } from "preact/hooks";
import { drawAddress, listAddress, readDraw, readTickets, SCRIPT_ADDRESS, type PublishedDraw } from "../../api/premium";
import { Page } from "../../app/Page";
import type { Values } from "../../app/router";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime } from "../../components/DateTime";
import { Field } from "../../components/Field";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { t, tx, type TextKey } from "../../i18n";
import { recompute, type Fault } from "../../proofs/draw";

const SOURCES: Readonly<Record<PublishedDraw["source"], TextKey>> = {
  drand: "draw.source_drand",
  parties: "draw.source_parties",
  city: "draw.source_city",
};
const STATES: Readonly<Record<PublishedDraw["state"], TextKey>> = {
  open: "draw.open",
  committed: "draw.committed",
  drawn: "draw.drawn",
};
const FAULTS: Readonly<Record<Fault["kind"], TextKey>> = {
  added: "draw.fault_added",
  gone: "draw.fault_gone",
  list: "draw.fault_list",
  seed: "draw.fault_seed",
  value: "draw.fault_value",
  places: "draw.fault_places",
};

/** A draw for anybody: what was fixed before, where a ticket came, and the whole of it recomputed on this phone. */
export default function DrawPage({ values }: { readonly values: Values }) {
  const id = values.id ?? "";
  const [draw, setDraw] = useState<PublishedDraw | null>(null);
  const [faults, setFaults] = useState<readonly Fault[] | null>(null);
  const { busy, trouble, run } = useDeed();
  useEffect(() => void run(async () => setDraw(await readDraw(id))), [id]);
  const check = (): Promise<void> =>
    run(async () => {
      const fresh = await readDraw(id);
      setDraw(fresh);
      setFaults(await recompute(fresh, await readTickets(id)));
    });
  const isDrawn = draw?.state === "drawn";
  return (
    <Page
      title={t("draw.title")}
      heading={tx("draw.title")}
      back="/pay/premium"
      foot={
        isDrawn && (
          <Button look="main" wide icon="check" busy={busy} onPress={() => void check()}>
            {tx("draw.check")}
          </Button>
        )
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!draw && !trouble && <Skeleton lines={4} />}
      {faults?.length === 0 && (
        <Notice kind="done" title={tx("draw.holds")} spoken>
          <p>{tx("draw.holds_how", { count: draw?.ticket_count ?? 0 })}</p>
        </Notice>
      )}
      {faults && faults.length > 0 && <Broken faults={faults} />}
      {draw && <Facts draw={draw} />}
      {isDrawn && <Own draw={draw} />}
      {draw && draw.state !== "open" && (
        <List label={t("draw.files")}>
          <Row icon="receipt" title={tx("draw.file_draw")} href={drawAddress(id)} outside />
          <Row icon="receipt" title={tx("draw.file_list")} href={listAddress(id)} outside />
          <Row icon="code" title={tx("draw.file_script")} detail={tx("draw.file_script_how")} href={SCRIPT_ADDRESS} outside />
        </List>
      )}
    </Page>
  );
}

function Broken({ faults }: { readonly faults: readonly Fault[] }) {
  return (
    <Notice kind="error" title={tx("draw.broken")} spoken>
      <ul>
        {faults.map((fault) => (
          <li key={JSON.stringify(fault)}>{tx(FAULTS[fault.kind], { ticket: "ticket" in fault ? <code>{fault.ticket}</code> : "" })}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Facts({ draw }: { readonly draw: PublishedDraw }) {
  return (
    <Card title={draw.about}>
      <dl class="facts facts-stacked">
        <dt>{tx("premium.state")}</dt>
        <dd>{tx(STATES[draw.state])}</dd>
        {draw.draw_at && (
          <>
            <dt>{tx("premium.draw_at")}</dt>
            <dd>
              <DateTime at={draw.draw_at} />
            </dd>
          </>
        )}
        <dt>{tx("draw.source")}</dt>
        <dd>{tx(SOURCES[draw.source])}</dd>
        {draw.ticket_count !== null && (
          <>
            <dt>{tx("draw.count")}</dt>
            <dd>{draw.ticket_count}</dd>
          </>
        )}
        {draw.tickets_sha256 && (
          <>
            <dt>{tx("draw.digest")}</dt>
            <dd class="premium-ticket">{draw.tickets_sha256}</dd>
          </>
        )}
        {draw.randomness && (
          <>
            <dt>{tx("draw.seed")}</dt>
            <dd class="premium-ticket">{draw.randomness}</dd>
          </>
        )}
      </dl>
      {draw.state === "open" && <p class="soft">{tx("draw.open_how")}</p>}
    </Card>
  );
}

/** Where my own ticket came: looked for on this phone, in what everybody gets. */
function Own({ draw }: { readonly draw: PublishedDraw }) {
  const [ticket, setTicket] = useState("");
  const asked = ticket.trim().toUpperCase();
  const found = draw.places.find((place) => place.ticket === asked);
  return (
    <Card title={tx("draw.own")}>
      <Field label={tx("premium.ticket")} hint={tx("draw.own_how")} value={ticket} onValue={setTicket} />
      <p role="status">
        {found && tx(found.won === null ? "draw.own_not" : "draw.own_won", { rank: found.rank, won: found.won ?? "" })}
        {!found && asked.length > 20 && tx("draw.own_none")}
      </p>
    </Card>
  );
}
