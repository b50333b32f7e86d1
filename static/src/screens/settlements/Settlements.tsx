import { useEffect, useState } from "preact/hooks";
import { mySettlements, settlementFile, settlementNotice, type Settlement } from "../../api/settlements";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Day } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { forShop } from "../till/ForShop";
import { TillPage } from "../till/TillPage";
import { Trouble } from "../till/Trouble";
import { CashHeld } from "./CashHeld";
import { REASON_WORDS, STATE_WORDS, sumsOf } from "./words";

/** What this shop's organisation is paid: each period with its sum, fee, pay day and state, and its credits as a file. */
export default forShop(function Settlements({ shop }) {
  const [found, setFound] = useState<readonly Settlement[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = (cursor: string | null): void => {
    setTrouble(null);
    mySettlements(cursor).then((page) => {
      const own = page.results.filter(({ organisation_id: id }) => id === shop.organisation_id);
      setFound((before) => (cursor === null ? own : [...(before ?? []), ...own]));
      setNext(page.next);
    }, setTrouble);
  };
  useEffect(() => load(null), [shop.id]);
  return (
    <TillPage shop={shop} title={t("settle.title")} heading={tx("settle.title")} back={`/till/${shop.id}/more`}>
      {trouble !== null && <Trouble error={trouble} onAgain={() => load(found === null ? null : next)} />}
      <CashHeld organisation={shop.organisation_id} />
      {found === null && trouble === null && <Skeleton lines={5} />}
      {found?.length === 0 && (
        <EmptyState icon="receipt" title={tx("settle.none")}>
          {tx("settle.none_how")}
        </EmptyState>
      )}
      {found?.map((each) => (
        <Period key={each.id} settlement={each} />
      ))}
      {next !== null && (
        <Button wide onPress={() => load(next)}>
          {tx("settle.older")}
        </Button>
      )}
    </TillPage>
  );
});

function Period({ settlement }: { readonly settlement: Settlement }) {
  const { id, cut_off_on, pay_on, net, state, reason } = settlement;
  const { busy, trouble, run } = useDeed();
  const notice = (): Promise<void> => run(async () => window.location.assign(await settlementNotice(id)));
  const why = REASON_WORDS[reason];
  return (
    <Card title={tx("settle.until", { day: <Day day={cut_off_on} /> })}>
      <p>
        <Money amount={net} size="l" /> {tx(STATE_WORDS[state])}
      </p>
      <p>{net > 0 ? tx("settle.pay_on", { day: <Day day={pay_on} /> }) : why !== undefined && tx(why)}</p>
      {net > 0 && why !== undefined && <p>{tx(why)}</p>}
      <dl class="facts">
        {sumsOf(settlement).map(([word, amount]) => (
          <div key={word}>
            <dt>{tx(word)}</dt>
            <dd>
              <Money amount={Math.abs(amount)} {...(amount < 0 ? { sign: "−" as const } : {})} />
            </dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={settlementFile(id)} download>
          {tx("settle.file")}
        </a>
      </p>
      {state !== "planned" && (
        <Button busy={busy} icon="print" onPress={() => void notice()}>
          {tx("settle.notice")}
        </Button>
      )}
      {trouble && <Notice kind="error" title={trouble} spoken />}
    </Card>
  );
}
