import type { TillShop } from "../../api/types";
import { follow } from "../../components/Button";
import { useNow } from "../../components/DateTime";
import { Icon } from "../../components/Icon";
import { Money } from "../../components/Money";
import { tx } from "../../i18n";
import { jstDay } from "../../i18n/dates";
import { book } from "./live";
import { daySum } from "./receipts";

const MINUTE_MS = 60_000;

/** How today goes, in one line that leads to the list. At midnight in Japan it starts anew by itself. */
export function TodayLine({ shop }: { readonly shop: TillShop }) {
  const day = jstDay(useNow(MINUTE_MS));
  const { receipts, wholeDay } = book.value;
  const sum = daySum(receipts, day);
  const href = `/till/${shop.id}/payments`;
  return (
    <a class="till-today" href={href} onClick={(event) => follow(event, href)}>
      <Icon name="receipt" />
      <span class="till-today-word">{tx("till.today")}</span>
      {wholeDay && (
        <span class="till-today-sum">
          <span>{tx("till.count", { count: sum.count })}</span> <Money amount={sum.total} />
        </span>
      )}
      <Icon name="next" size="s" />
    </a>
  );
}
