import { useState } from "preact/hooks";
import { BILL, placeBill, type NewLine, type Order } from "../../api/orders";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Money } from "../../components/Money";
import { Notice } from "../../components/Notice";
import { t, tx } from "../../i18n";
import { offlineSince } from "../../state/network";
import { Doubt } from "./Doubt";
import { forShop } from "./ForShop";
import { enterOrders } from "./orders";
import { may } from "./shops";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";
import { useDeed } from "./useDeed";

interface Draft {
  readonly name: string;
  readonly price: string;
  readonly quantity: string;
  readonly product: string;
}

const BLANK: Draft = { name: "", price: "", quantity: "1", product: "" };
const WHOLE = /^[1-9][0-9]{0,7}$/;

/** A line as the city takes it; null while something of it is missing. */
function lineOf({ name, price, quantity, product }: Draft): NewLine | null {
  if (name.trim() === "" || !WHOLE.test(price) || !WHOLE.test(quantity) || Number(quantity) > 999) return null;
  const line = { name: name.trim(), unit_price: Number(price), quantity: Number(quantity) };
  return product.trim() === "" ? line : { ...line, product: product.trim() };
}

const sumOf = (lines: readonly NewLine[]): number => lines.reduce((sum, line) => sum + line.unit_price * line.quantity, 0);

/** An itemised bill: what, how many, for how much; then a code that the customer opens. */
export default forShop(function BillPage({ shop }) {
  const [lines, setLines] = useState<readonly NewLine[]>([]);
  const [draft, setDraft] = useState(BLANK);
  const [wrong, setWrong] = useState<"name" | "price" | "quantity" | null>(null);
  const home = `/till/${shop.id}`;
  const { deed, press, check } = useDeed<Order>(BILL(shop.id), (order) => {
    enterOrders([order]);
    go(`${home}/orders/${order.id}`, { replace: true });
  });
  const change = (part: Partial<Draft>): void => {
    setDraft({ ...draft, ...part });
    setWrong(null);
  };
  const isBlank = draft.name === "" && draft.price === "";
  const add = (): readonly NewLine[] | null => {
    const line = lineOf(draft);
    if (line === null) {
      setWrong(draft.name.trim() === "" ? "name" : WHOLE.test(draft.price) ? "quantity" : "price");
      return null;
    }
    const next = [...lines, line];
    setLines(next);
    setDraft(BLANK);
    return next;
  };
  const show = (): void => {
    const all = isBlank && lines.length > 0 ? lines : add();
    if (all !== null && deed.kind !== "sending") press(() => placeBill(shop.id, all));
  };
  if (!may(shop, "charge")) {
    return (
      <TillPage shop={shop} title={t("till.bill")} heading={tx("till.bill")} back={home}>
        <Notice kind="info" title={tx("problem.not_allowed")} />
      </TillPage>
    );
  }
  const here = lineOf(draft);
  const total = sumOf(here === null ? lines : [...lines, here]);
  return (
    <TillPage
      shop={shop}
      title={t("till.bill")}
      heading={tx("till.bill")}
      back={home}
      foot={
        <Button look="main" wide icon="code" busy={deed.kind === "sending"} disabled={offlineSince.value !== null} onPress={show}>
          {total > 0 ? tx("till.bill_show", { amount: total }) : tx("till.bill_show_empty")}
        </Button>
      }
    >
      {offlineSince.value && <Notice kind="warn" title={tx("till.offline")} spoken />}
      {deed.kind === "refused" && <Trouble error={deed.error} />}
      <Doubt deed={deed} onCheck={check} />
      {lines.length > 0 && (
        <ul class="stack order-lines" aria-label={t("till.bill_lines")}>
          {lines.map((line, index) => (
            <li key={`${index} ${line.name}`} class="order-line">
              <span class="row-text">
                <span>{line.name}</span>
                <span class="row-detail">
                  {tx("order.times", { price: <Money amount={line.unit_price} size="s" />, quantity: line.quantity })}
                </span>
              </span>
              <Money amount={line.unit_price * line.quantity} size="s" />
              <button
                type="button"
                class="icon-button"
                aria-label={t("till.bill_drop", { name: line.name })}
                onClick={() => setLines(lines.filter((_, place) => place !== index))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field
          label={tx("till.bill_name")}
          error={wrong === "name" && t("till.bill_name_wrong")}
          value={draft.name}
          onValue={(name) => change({ name })}
          input={{ maxLength: 60, autoComplete: "off" }}
        />
        <Field
          label={tx("till.bill_price")}
          error={wrong === "price" && t("till.bill_price_wrong")}
          value={draft.price}
          onValue={(price) => change({ price: price.trim() })}
          input={{ inputMode: "numeric", autoComplete: "off" }}
        />
        <Field
          label={tx("till.bill_quantity")}
          error={wrong === "quantity" && t("till.bill_quantity_wrong")}
          value={draft.quantity}
          onValue={(quantity) => change({ quantity: quantity.trim() })}
          input={{ inputMode: "numeric", autoComplete: "off" }}
        />
        <Field
          label={tx("till.bill_product")}
          hint={tx("till.bill_product_how")}
          value={draft.product}
          onValue={(product) => change({ product })}
          input={{ maxLength: 40, autoComplete: "off" }}
        />
        <Button submit wide icon="plus">
          {tx("till.bill_add")}
        </Button>
      </form>
    </TillPage>
  );
});
