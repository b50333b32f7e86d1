import { t, tx } from "../i18n";
import { grouped } from "../i18n/template";

interface MoneyProps {
  readonly amount: number;
  readonly size?: "s" | "m" | "l" | "xl";
  /** In lists a sign and a word of the row tell coming from going. */
  readonly sign?: "+" | "−";
}

/** An amount: the number large, the unit small beside it, read aloud as one phrase. */
export function Money({ amount, size = "m", sign }: MoneyProps) {
  return (
    <span class={`money money-${size}`}>
      <span class="hidden">{`${sign ?? ""}${t("money.yen", { amount })}`}</span>
      <span aria-hidden="true" class="money-shown">
        {sign && <span class="money-sign">{sign}</span>}
        {tx("money.parts", { amount: <span class="money-number">{grouped(amount)}</span> })}
      </span>
    </span>
  );
}

export const yen = (amount: number): string => t("money.yen", { amount });
