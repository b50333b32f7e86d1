import { useEffect, useState } from "preact/hooks";
import { readCeiling, setCeiling, type Ceiling } from "../../api/staff";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

const digits = (text: string): string => text.normalize("NFKC").replace(/\D/g, "").slice(0, 9);
const yen = (text: string): number | null => (text === "" ? null : Number(text));

/** How much may be given back without the manager: of one payment, and of one day; nothing typed means no ceiling. */
export default forShop(function Ceilings({ shop }) {
  const [now, setNow] = useState<Ceiling | null>(null);
  const [payment, setPayment] = useState("");
  const [day, setDay] = useState("");
  const { busy, trouble, run } = useDeed();
  const show = (told: Ceiling): void => {
    setNow(told);
    setPayment(told.per_payment === null ? "" : String(told.per_payment));
    setDay(told.per_day === null ? "" : String(told.per_day));
  };
  useEffect(() => void run(async () => show(await readCeiling(shop.id))), [shop.id]);
  const save = (): Promise<void> =>
    run(async () => {
      show(await setCeiling(shop.id, yen(payment), yen(day)));
      toast(t("merchant.saved"));
    });
  return (
    <TillPage
      shop={shop}
      title={t("ceiling.title")}
      heading={tx("ceiling.title")}
      back={`/till/${shop.id}/more`}
      {...(now
        ? {
            foot: (
              <Button look="main" wide busy={busy} onPress={() => void save()}>
                {tx("merchant.save")}
              </Button>
            ),
          }
        : {})}
    >
      <p>{tx("ceiling.what")}</p>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {!now && !trouble && <Skeleton lines={3} />}
      {now && (
        <>
          <Field
            label={tx("ceiling.payment")}
            hint={tx("ceiling.none_hint")}
            value={payment}
            onValue={(text) => setPayment(digits(text))}
            input={{ name: "per_payment", inputMode: "numeric", autoComplete: "off" }}
          />
          <Field
            label={tx("ceiling.day")}
            hint={tx("ceiling.none_hint")}
            value={day}
            onValue={(text) => setDay(digits(text))}
            input={{ name: "per_day", inputMode: "numeric", autoComplete: "off" }}
          />
          <p class="soft">{tx("ceiling.today", { amount: now.given_today })}</p>
        </>
      )}
    </TillPage>
  );
});
