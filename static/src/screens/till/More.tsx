import { Card } from "../../components/Card";
import { Choice } from "../../components/Choice";
import { LanguagePicker } from "../../components/LanguagePicker";
import { List, Row } from "../../components/List";
import { t, tx } from "../../i18n";
import { session } from "../../state/session";
import { forShop } from "./ForShop";
import { may, shops } from "./shops";
import { TillPage } from "./TillPage";
import { setSound, soundOn } from "./voice";

/** What a till needs less often than once a customer. */
export default forShop(function More({ shop }) {
  const home = `/till/${shop.id}`;
  const device = session.value.kind === "device" ? session.value.device : null;
  const others = shops.value.kind === "known" && shops.value.shops.length > 1;
  return (
    <TillPage shop={shop} title={t("till.more")} heading={tx("till.more")} back={home}>
      <List label={t("till.more")}>
        <Row icon="receipt" title={tx("till.today")} href={`${home}/payments`} />
        {may(shop, "charge") && (
          <Row icon="receipt" title={tx("till.orders")} detail={tx("till.orders_row")} href={`${home}/orders`} />
        )}
        {may(shop, "top_up") && <Row icon="plus" title={tx("till.top_up")} detail={tx("till.top_up_row")} href={`${home}/top-up`} />}
        {may(shop, "top_up") && <Row icon="gift" title={tx("till.premium")} detail={tx("till.premium_row")} href={`${home}/premium`} />}
        {may(shop, "charge") && <Row icon="hold" title={tx("till.holds")} detail={tx("till.holds_row")} href={`${home}/holds`} />}
        {may(shop, "close_day") && <Row icon="done" title={tx("days.title")} detail={tx("days.row")} href={`${home}/days`} />}
        {may(shop, "settlements") && (
          <Row icon="receipt" title={tx("settle.title")} detail={tx("settle.row")} href={`${home}/settlements`} />
        )}
        {may(shop, "ceiling") && !device && (
          <>
            <Row icon="family" title={tx("staff.title")} detail={tx("staff.row")} href={`${home}/staff`} />
            <Row icon="till" title={tx("tills.title")} detail={tx("tills.row")} href={`${home}/tills`} />
            <Row icon="undo" title={tx("ceiling.title")} detail={tx("ceiling.row")} href={`${home}/ceilings`} />
          </>
        )}
        {may(shop, "settlements") && !device && (
          <Row icon="card" title={tx("merchant.payout")} detail={tx("merchant.payout_row")} href={`${home}/payout`} />
        )}
        {may(shop, "describe") && !device && (
          <Row icon="shop" title={tx("merchant.describe")} detail={tx("merchant.describe_row")} href={`${home}/details`} />
        )}
        {may(shop, "describe") && !device && (
          <Row icon="plus" title={tx("merchant.branch")} detail={tx("merchant.branch_row")} href={`/merchant?for=${shop.organisation_id}`} />
        )}
        {may(shop, "coupons") && (
          <Row icon="gift" title={tx("campaigns.title")} detail={tx("campaigns.row")} href={`${home}/campaigns`} />
        )}
        <Row icon="print" title={tx("till.code")} detail={tx("till.code_row")} href={`${home}/code`} />
        {may(shop, "statements") && !device && (
          <Row icon="history" title={tx("papers.shop")} detail={tx("papers.shop_row")} href={`${home}/statements`} />
        )}
      </List>
      <Card title={tx("till.sound")}>
        <Choice
          label={t("till.sound")}
          labelHidden
          value={soundOn.value ? "on" : "off"}
          onValue={(value) => setSound(value === "on")}
          options={[
            { value: "on", text: tx("till.sound_on") },
            { value: "off", text: tx("till.sound_off") },
          ]}
        />
      </Card>
      <Card title={tx("till.language")}>
        <LanguagePicker />
      </Card>
      <List>
        {others && <Row icon="shop" title={tx("till.change_shop")} href="/till?choose=1" />}
        {device ? (
          <Row icon="till" title={tx("register.this_is", { label: device.label })} detail={tx("register.who_ends")} />
        ) : (
          <>
            <Row icon="till" title={tx("register.do")} detail={tx("register.row")} href="/till/register" />
            <Row icon="leave" title={tx("till.leave")} detail={tx("till.leave_row")} href="/" />
          </>
        )}
      </List>
    </TillPage>
  );
});
