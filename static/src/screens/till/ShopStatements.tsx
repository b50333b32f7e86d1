import { readShopMonths, shopStatementAddress } from "../../api/papers";
import { t, tx } from "../../i18n";
import { Months } from "../papers/Months";
import { forShop } from "./ForShop";
import { TillPage } from "./TillPage";

/** The shop's takings, month by month, for its manager. */
export default forShop(function ShopStatements({ shop }) {
  return (
    <TillPage shop={shop} title={t("papers.shop")} heading={tx("papers.shop")} back={`/till/${shop.id}/more`}>
      <Months read={() => readShopMonths(shop.id)} address={(month) => shopStatementAddress(shop.id, month)} />
    </TillPage>
  );
});
