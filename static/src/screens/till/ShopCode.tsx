import { useEffect, useState } from "preact/hooks";
import { stickersAddress } from "../../api/papers";
import { shopCode } from "../../api/wallet";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { QrCode } from "../../components/QrCode";
import { Skeleton } from "../../components/Waiting";
import { useDeed } from "../../components/useDeed";
import { language, t, tx } from "../../i18n";
import { session } from "../../state/session";
import { coin, startCoin } from "../../state/wallet";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";
import { Trouble } from "./Trouble";

type Code = Awaited<ReturnType<typeof shopCode>>;

/**
 * The shop's standing code as a poster of A5: what is seen here is what is printed. It speaks Japanese and one
 * language more, because it stands before everybody.
 */
export default forShop(function ShopCode({ shop }) {
  const [code, setCode] = useState<Code | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const deed = useDeed();
  const load = (): void => {
    setTrouble(null);
    shopCode(shop.id).then(setCode, setTrouble);
    startCoin().catch(() => undefined);
  };
  useEffect(load, [shop.id]);
  const print = (): void => {
    if (code) window.print();
  };
  return (
    <TillPage
      shop={shop}
      title={t("till.code_title")}
      heading={tx("till.code_title")}
      back={`/till/${shop.id}/more`}
      keys={{ onEnter: print }}
      foot={
        code && (
          <Button look="main" wide icon="print" onPress={print}>
            {tx("till.code_print")}
          </Button>
        )
      }
    >
      <p>{tx("till.code_how")}</p>
      {trouble !== null && <Trouble error={trouble} onAgain={load} />}
      {!code && trouble === null && <Skeleton lines={4} />}
      {code && (
        <article class="poster" aria-label={t("till.code_title")}>
          {coin.value && <p class="poster-coin">{coin.value.name}</p>}
          <p class="poster-shop" lang="ja">
            {shop.name}
          </p>
          {shop.name_en !== "" && (
            <p class="poster-shop-en" lang="en">
              {shop.name_en}
            </p>
          )}
          <QrCode text={code.code} label={t("till.code_label", { shop: shop.name })} />
          <p class="poster-how">{tx("till.poster_how")}</p>
          <p class="poster-also" lang={language.value.startsWith("ja") ? "en" : "ja"}>
            {tx("till.poster_also")}
          </p>
          <p class="poster-number">
            {tx("till.poster_number")} <strong>{code.number}</strong>
          </p>
        </article>
      )}
      {code && session.value.kind !== "device" && (
        <section class="stack no-print">
          <p class="soft">{tx("papers.stickers_how")}</p>
          {deed.trouble && <Notice kind="error" title={deed.trouble} spoken />}
          <Button wide busy={deed.busy} onPress={() => void deed.run(async () => window.location.assign(await stickersAddress(shop.id)))}>
            {tx("papers.stickers")}
          </Button>
        </section>
      )}
    </TillPage>
  );
});
