import type { Answers, Applications } from "../../api/merchants";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { tx } from "../../i18n";
import type { Faults } from "./faults";

const LABELS = {
  shop_name: "merchant.shop_name",
  shop_name_kana: "merchant.shop_name_kana",
  shop_name_en: "merchant.shop_name_en",
  district: "merchant.district",
  legal_name: "merchant.legal_name",
  representative: "merchant.representative",
  representative_kana: "merchant.representative_kana",
} as const;

interface Props {
  readonly answers: Answers;
  readonly onAnswers: (answers: Answers) => void;
  readonly faults: Faults;
}

/** A text of the application as a field of its own name. */
export function textField({ answers, onAnswers, faults }: Props) {
  return (name: keyof typeof LABELS, most = 60) => ({
    label: tx(LABELS[name]),
    value: answers[name],
    onValue: (value: string) => onAnswers({ ...answers, [name]: value }),
    error: faults[name],
    input: { name, maxLength: most, autoComplete: "off" as const },
  });
}

/** How the shop is called, and what it sells. */
export function ShopFields({ trades, ...form }: Props & { readonly trades: Applications["trades"] }) {
  const field = textField(form);
  return (
    <>
      <Field {...field("shop_name")} />
      <Field {...field("shop_name_kana")} hint={tx("merchant.kana_hint")} />
      <Field {...field("shop_name_en")} hint={tx("merchant.en_hint")} />
      <Field {...field("district")} hint={tx("merchant.district_hint")} />
      {form.faults.trade && (
        <p class="field-error" role="alert">
          {form.faults.trade}
        </p>
      )}
      <Choice
        label={tx("merchant.trade")}
        layout="column"
        value={form.answers.trade}
        onValue={(trade) => form.onAnswers({ ...form.answers, trade })}
        options={trades.map(({ code, words }) => ({ value: code, text: words }))}
      />
    </>
  );
}
