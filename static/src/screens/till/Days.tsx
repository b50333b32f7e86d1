import { useEffect, useState } from "preact/hooks";
import { shopMonth, type DayLine } from "../../api/shop-days";
import { Button } from "../../components/Button";
import { Day } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { List, Row } from "../../components/List";
import { Money } from "../../components/Money";
import { Skeleton } from "../../components/Waiting";
import { language, t, tx } from "../../i18n";
import { jstDay, monthText } from "../../i18n/dates";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";

/** This function will give the month before one, both as 2026-11. */
export function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, "0")}`;
}

/** A shop's days, the newest first: what each came to, and whether it is closed. */
export default forShop(function Days({ shop }) {
  const today = jstDay(new Date());
  const [month, setMonth] = useState(today.slice(0, 7));
  const [days, setDays] = useState<readonly DayLine[] | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = (): void => {
    setTrouble(null);
    setDays(null);
    shopMonth(shop.id, month).then(({ results }) => setDays(results), setTrouble);
  };
  useEffect(load, [shop.id, month]);
  return (
    <TillPage shop={shop} title={t("days.title")} heading={tx("days.title")} back={`/till/${shop.id}/more`}>
      <p>{tx("days.what")}</p>
      <h2 class="group-title">{monthText(month, language.value)}</h2>
      {trouble !== null && <Trouble error={trouble} onAgain={load} />}
      {days === null && trouble === null && <Skeleton lines={5} />}
      {days?.length === 0 && (
        <EmptyState icon="receipt" title={tx("days.none")}>
          {tx("days.none_how")}
        </EmptyState>
      )}
      {days && days.length > 0 && (
        <List label={t("days.title")}>
          {days.map((each) => (
            <Row
              key={each.day}
              icon={each.closed_at === null ? "clock" : "done"}
              title={<Day day={each.day} />}
              detail={
                <>
                  {tx(each.closed_at === null ? "days.open" : "days.closed")}
                  {each.late !== 0 && <> · {tx("days.late_some")}</>}
                </>
              }
              end={<Money amount={Math.abs(each.sums.net)} {...(each.sums.net < 0 ? { sign: "−" as const } : {})} />}
              href={`/till/${shop.id}/days/${each.day}`}
            />
          ))}
        </List>
      )}
      <Button wide onPress={() => setMonth(monthBefore(month))}>
        {tx("days.before")}
      </Button>
    </TillPage>
  );
});
