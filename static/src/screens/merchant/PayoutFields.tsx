import type { PayoutWish } from "../../api/merchants";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { tx } from "../../i18n";
import type { Faults } from "./faults";

const LABELS = {
  bank_code: "merchant.bank_code",
  branch_code: "merchant.branch_code",
  number: "merchant.number",
} as const;

interface Props {
  readonly wish: PayoutWish;
  readonly onWish: (wish: PayoutWish) => void;
  readonly faults: Faults;
}

export const NO_WISH: PayoutWish = { bank_code: "", branch_code: "", account_type: "1", number: "", holder: "" };

/** The account that the takings are transferred to, by the codes that stand in the passbook. */
export function PayoutFields({ wish, onWish, faults }: Props) {
  const digits = (name: keyof typeof LABELS, most: number) => ({
    label: tx(LABELS[name]),
    value: wish[name],
    onValue: (value: string) => onWish({ ...wish, [name]: value.normalize("NFKC").replace(/\D/g, "").slice(0, most) }),
    error: faults[`payout.${name}`],
    input: { name, inputMode: "numeric" as const, autoComplete: "off" as const },
  });
  return (
    <>
      <Field {...digits("bank_code", 4)} hint={tx("merchant.bank_hint")} />
      <Field {...digits("branch_code", 3)} />
      <Choice
        label={tx("merchant.account_type")}
        value={wish.account_type}
        onValue={(account_type) => onWish({ ...wish, account_type })}
        options={[
          { value: "1", text: tx("merchant.type_ordinary") },
          { value: "2", text: tx("merchant.type_current") },
          { value: "4", text: tx("merchant.type_savings") },
        ]}
      />
      <Field {...digits("number", 7)} />
      <Field
        label={tx("merchant.holder")}
        hint={tx("merchant.holder_hint")}
        value={wish.holder}
        onValue={(holder) => onWish({ ...wish, holder })}
        error={faults["payout.holder"]}
        input={{ name: "holder", maxLength: 60, autoComplete: "off" }}
      />
    </>
  );
}
