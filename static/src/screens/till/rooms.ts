/** The rooms of the till, in one file of the build. Whoever opens one is heard by the till from then on. */
import { watchTill } from "./live";

export { default as BillPage } from "./BillPage";
export { default as ChargeShown } from "./ChargeShown";
export { HoldCustomer, PremiumSale, Take, TopUp } from "./Customer";
export { default as DayPage } from "./DayPage";
export { default as Days } from "./Days";
export { default as Desk } from "./Desk";
export { HoldAmount, TopUpAmount } from "./AmountPage";
export { default as HoldPage } from "./HoldPage";
export { default as Holds } from "./Holds";
export { default as More } from "./More";
export { default as OrderRefundPage } from "./OrderRefundPage";
export { default as Payments } from "./Payments";
export { default as ReceiptPage } from "./ReceiptPage";
export { default as RefundPage } from "./RefundPage";
export { default as PremiumChoice } from "./PremiumChoice";
export { default as Register } from "./Register";
export { default as Settlements } from "../settlements/Settlements";
export { default as ShopCampaigns } from "../shop-campaigns/ShopCampaigns";
export { default as NewShopCampaign } from "../shop-campaigns/NewShopCampaign";
export { default as ShopCode } from "./ShopCode";
export { default as Payout } from "./Payout";
export { default as ShopDetails } from "./ShopDetails";
export { default as Ceilings } from "./Ceilings";
export { default as ShopTills } from "./ShopTills";
export { default as Staff } from "./Staff";
export { default as StaffInvite } from "./StaffInvite";
export { default as ShopStatements } from "./ShopStatements";
export { default as Shops } from "./Shops";
export { default as Start } from "./Start";
export { default as TillOrder } from "./TillOrder";
export { default as TillOrders } from "./TillOrders";

watchTill();
