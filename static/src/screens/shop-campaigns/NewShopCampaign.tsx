import { useState } from "preact/hooks";
import { makeShopCoupon, makeStampCard } from "../../api/rewards";
import { go } from "../../app/router";
import { Button } from "../../components/Button";
import { Choice } from "../../components/Choice";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { forShop } from "../till/ForShop";
import { TillPage } from "../till/TillPage";
import { draftOf, EMPTY, wrongIn, type Draft, type Kind } from "./draft";

/** A coupon or a stamp card of the shop's own: five short questions, and what it will mean, before it is out. */
export default forShop(function NewShopCampaign({ shop, values }) {
  const kind: Kind = values.kind === "stamps" ? "stamps" : "coupon";
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [wrong, setWrong] = useState<Partial<Record<keyof Draft, string>>>({});
  const [key] = useState(() => crypto.randomUUID());
  const { busy, trouble, run } = useDeed();
  const back = `/till/${shop.id}/campaigns`;
  const field = (name: keyof Draft, label: Parameters<typeof tx>[0], numeric = true) => (
    <Field
      label={tx(label)}
      error={wrong[name]}
      value={draft[name]}
      onValue={(value) => setDraft({ ...draft, [name]: value })}
      input={numeric ? { name, inputMode: "numeric", autoComplete: "off" } : { name, maxLength: 60, autoComplete: "off" }}
    />
  );
  const make = (): void => {
    const found = wrongIn(draft, kind);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    void run(async () => {
      const { coupon, card } = draftOf(draft, new Date());
      await (kind === "coupon" ? makeShopCoupon(shop.id, coupon, key) : makeStampCard(shop.id, card, key));
      go(back);
    });
  };
  const title = kind === "coupon" ? "campaigns.new_coupon" : "campaigns.new_card";
  return (
    <TillPage
      shop={shop}
      title={t(title)}
      heading={tx(title)}
      back={back}
      foot={
        <Button look="main" wide busy={busy} onPress={make}>
          {tx("campaigns.put_out")}
        </Button>
      }
    >
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <p>{tx(kind === "coupon" ? "campaigns.coupon_what" : "campaigns.card_what")}</p>
      {field("title", "campaigns.name", false)}
      {field("titleEn", "campaigns.name_en", false)}
      {kind === "stamps" && field("size", "campaigns.size")}
      {field("minimum", "campaigns.minimum")}
      {kind === "stamps" && (
        <Field
          label={tx("campaigns.goods")}
          hint={tx("campaigns.goods_how")}
          error={wrong.goods}
          value={draft.goods}
          onValue={(goods) => setDraft({ ...draft, goods })}
          input={{ name: "goods", maxLength: 420, autoComplete: "off" }}
        />
      )}
      <Choice
        label={tx("campaigns.benefit")}
        value={draft.benefit}
        onValue={(benefit) => setDraft({ ...draft, benefit })}
        options={[
          { value: "amount", text: tx("campaigns.in_yen") },
          { value: "percent", text: tx("campaigns.in_percent") },
        ]}
      />
      {field("off", draft.benefit === "amount" ? "campaigns.off_yen" : "campaigns.off_percent")}
      {field("days", "campaigns.days")}
    </TillPage>
  );
});
