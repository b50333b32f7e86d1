import type { TillShop } from "../../api/types";
import { follow } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Money } from "../../components/Money";
import { tx } from "../../i18n";
import { useToday } from "./useToday";

/** How today goes, in one line that leads to the list. At midnight in Japan it starts anew by itself. */
export function TodayLine({ shop }: { readonly shop: TillShop }) {
  const today = useToday(shop.id);
  const href = `/till/${shop.id}/payments`;
  return (
    <a class="till-today" href={href} onClick={(event) => follow(event, href)}>
      <Icon name="receipt" />
      <span class="till-today-word">{tx("till.today")}</span>
      {today && (
        <span class="till-today-sum">
          <span>{tx("till.count", { count: today.sums.figures.payments - today.sums.figures.voids })}</span>{" "}
          <Money amount={Math.abs(today.sums.net)} {...(today.sums.net < 0 ? { sign: "−" as const } : {})} />
        </span>
      )}
      <Icon name="next" size="s" />
    </a>
  );
}
