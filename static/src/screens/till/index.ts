/** The addresses of the till. Its rooms travel only to those who open one. */
import { lazyAtWork, type Screen } from "../../app/lazy";
import type { Route } from "../../app/routes";

const room = (name: keyof typeof import("./rooms")): Screen => lazyAtWork(async () => (await import("./rooms"))[name]);

const till = (pattern: string, screen: Screen): Route => ({ pattern, screen, needs: "person", shell: "till" });

export const tillRoutes: readonly Route[] = [
  { ...till("/till", room("Start")), needs: "nobody" },
  { ...till("/till/register", room("Register")), needs: "nobody" },
  till("/till/:shop", room("Desk")),
  till("/till/:shop/charges/:id", room("ChargeShown")),
  till("/till/:shop/take", room("Take")),
  till("/till/:shop/payments", room("Payments")),
  till("/till/:shop/payments/:id", room("ReceiptPage")),
  till("/till/:shop/payments/:id/refund", room("RefundPage")),
  till("/till/:shop/more", room("More")),
  till("/till/:shop/top-up", room("TopUpAmount")),
  till("/till/:shop/top-up/customer", room("TopUp")),
  till("/till/:shop/premium", room("PremiumChoice")),
  till("/till/:shop/premium/customer", room("PremiumSale")),
  till("/till/:shop/holds", room("Holds")),
  till("/till/:shop/holds/new", room("HoldAmount")),
  till("/till/:shop/holds/new/customer", room("HoldCustomer")),
  till("/till/:shop/holds/:id", room("HoldPage")),
  till("/till/:shop/orders", room("TillOrders")),
  till("/till/:shop/orders/new", room("BillPage")),
  till("/till/:shop/orders/:id", room("TillOrder")),
  till("/till/:shop/orders/:id/refund", room("OrderRefundPage")),
  till("/till/:shop/days", room("Days")),
  till("/till/:shop/days/:day", room("DayPage")),
  till("/till/:shop/settlements", room("Settlements")),
  till("/till/:shop/staff", room("Staff")),
  till("/till/:shop/staff/invite", room("StaffInvite")),
  till("/till/:shop/tills", room("ShopTills")),
  till("/till/:shop/ceilings", room("Ceilings")),
  till("/till/:shop/details", room("ShopDetails")),
  till("/till/:shop/payout", room("Payout")),
  till("/till/:shop/campaigns", room("ShopCampaigns")),
  till("/till/:shop/campaigns/new/:kind", room("NewShopCampaign")),
  till("/till/:shop/code", room("ShopCode")),
  till("/till/:shop/statements", room("ShopStatements")),
];
