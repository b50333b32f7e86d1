import { useEffect, useState } from "preact/hooks";
import { closeDay, dayFile, dayPaper, shopDay, type DayReport, type DaySums } from "../../api/shop-days";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { DateTime, Day } from "../../components/DateTime";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { jstDay } from "../../i18n/dates";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";

const KIND_WORDS = {
  payment: "days.kind_payment",
  refund: "days.kind_refund",
  void: "days.kind_void",
  top_up: "days.kind_top_up",
} as const;

/** One day as a table, till by till; it is closed once, and what comes later stands below it. */
export default forShop(function DayPage({ shop, values }) {
  const day = values.day ?? "";
  const [report, setReport] = useState<DayReport | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const { busy, trouble, run } = useDeed();
  const load = (): void => {
    setFailed(null);
    shopDay(shop.id, day).then(setReport, setFailed);
  };
  useEffect(load, [shop.id, day]);
  const close = (): Promise<void> => {
    setAsking(false);
    // When somebody else was first, what they closed is shown beside the reason.
    return run(() => closeDay(shop.id, day).finally(load));
  };
  const paper = (): Promise<void> => run(async () => window.location.assign(await dayPaper(shop.id, day)));
  return (
    <TillPage
      shop={shop}
      title={t("days.day")}
      heading={<Day day={day} />}
      back={`/till/${shop.id}/days`}
      {...(report?.closed_at === null
        ? {
            foot: (
              <Button look="main" wide busy={busy} onPress={() => setAsking(true)}>
                {tx("days.close")}
              </Button>
            ),
          }
        : {})}
    >
      {failed !== null && <Trouble error={failed} onAgain={load} />}
      {!report && failed === null && <Skeleton lines={6} />}
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {report && <Report report={report} />}
      {report && (
        <p class="till-day-files">
          <a href={dayFile(shop.id, day)} download>
            {tx("days.file")}
          </a>
          <Button busy={busy} icon="print" onPress={() => void paper()}>
            {tx("days.paper")}
          </Button>
        </p>
      )}
      <Sheet open={asking} onClose={() => setAsking(false)} title={tx("days.close_ask")}>
        <p>{tx(day === jstDay(new Date()) ? "days.close_today" : "days.close_what")}</p>
        <Button look="main" wide onPress={() => void close()}>
          {tx("days.close")}
        </Button>
        <Button wide onPress={() => setAsking(false)}>
          {tx("days.not_yet")}
        </Button>
      </Sheet>
    </TillPage>
  );
});

function Report({ report }: { readonly report: DayReport }) {
  const { counted, total, tills, late, closed_at, digest } = report;
  return (
    <>
      <p>{closed_at === null ? tx("days.open_now") : tx("days.closed_at", { at: <DateTime at={closed_at} /> })}</p>
      <Card title={tx("days.sum")}>
        <Sums sums={counted} />
      </Card>
      {tills.length > 1 &&
        tills.map((each) => (
          <Card key={each.place + each.label} title={each.label || tx(`days.place_${each.place}`)}>
            <Sums sums={each.sums} />
          </Card>
        ))}
      {late.length > 0 && (
        <Card title={tx("days.late")}>
          <p>{tx("days.late_what")}</p>
          <dl class="facts">
            {late.map((each) => (
              <div class="facts-pair" key={each.receipt_number}>
                <dt>
                  <DateTime at={each.at} show="time" /> {tx(KIND_WORDS[each.kind])}
                </dt>
                <dd>
                  <Money
                    amount={each.customer + each.city}
                    {...(each.kind === "refund" || each.kind === "void" ? { sign: "−" as const } : {})}
                  />
                </dd>
              </div>
            ))}
          </dl>
          <Sums sums={total} />
        </Card>
      )}
      {digest !== "" && (
        <details class="qr-twin">
          <summary>{tx("days.digest")}</summary>
          <p class="qr-letters">{digest}</p>
        </details>
      )}
    </>
  );
}

/** The figures of a day in the order in which they are reckoned; those of nothing are left out, except what was paid and what stays. */
function Sums({ sums }: { readonly sums: DaySums }) {
  const { figures: each, net } = sums;
  const rows = [
    [tx("days.customers", { count: each.payments }), each.customers, true],
    [tx("days.city"), each.city, false],
    [tx("days.refunded", { count: each.refunds }), -each.refunded - each.refunded_city, false],
    [tx("days.voided", { count: each.voids }), -each.voided - each.voided_city, false],
    [tx("days.net"), net, true],
    [tx("days.own"), each.own, false],
    [tx("days.topped_up", { count: each.top_ups }), each.topped_up, false],
  ] as const;
  return (
    <dl class="facts">
      {rows
        .filter(([, amount, always]) => always || amount !== 0)
        .map(([word, amount], index) => (
          <div class="facts-pair" key={index}>
            <dt>{word}</dt>
            <dd>
              <Money amount={Math.abs(amount)} {...(amount < 0 ? { sign: "−" as const } : {})} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
