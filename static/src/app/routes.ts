/** The map of the app: each address, its screen, who may come, and which frame stands around it. */
import Home from "../screens/home/Home";
import Pay from "../screens/pay/Pay";
import Missing from "../screens/places/Missing";
import { tillRoutes } from "../screens/till";
import { session } from "../state/session";
import { lazy, lazyAtWork, lazyOnTheWay, type Screen } from "./lazy";
import { match, type Values } from "./router";

export interface Route {
  readonly pattern: string;
  readonly screen: Screen;
  /** `person`: somebody must be signed in, or remembered while offline. */
  readonly needs: "nobody" | "person";
  /** `till` and `screen` have no bar of five places: one is another person's tool, the other hangs on a wall. */
  readonly shell: "resident" | "till" | "screen";
  /** The service in which this may be done for another; `all`: for anybody; nothing: for oneself alone. */
  readonly acts?: "all" | "accounts" | "wallet";
}

const signin = (name: keyof typeof import("../screens/signin")): Screen =>
  lazy(async () => (await import("../screens/signin"))[name]);

const pay = (name: keyof typeof import("../screens/pay")): Screen =>
  lazy(async () => (await import("../screens/pay"))[name]);


const send = (name: keyof typeof import("../screens/send")): Screen =>
  lazy(async () => (await import("../screens/send"))[name]);
const orders = (name: keyof typeof import("../screens/orders")): Screen =>
  lazy(async () => (await import("../screens/orders"))[name]);

const coupons = (name: keyof typeof import("../screens/coupons")): Screen =>
  lazy(async () => (await import("../screens/coupons"))[name]);

const stamps = (name: keyof typeof import("../screens/stamps")): Screen =>
  lazy(async () => (await import("../screens/stamps"))[name]);
const referral = lazy(async () => (await import("../screens/referral")).ReferralPage);

const topUp = (name: keyof typeof import("../screens/top-up")): Screen =>
  lazy(async () => (await import("../screens/top-up"))[name]);

const me = (name: keyof typeof import("../screens/me")): Screen =>
  lazy(async () => (await import("../screens/me"))[name]);

const messages = (name: keyof typeof import("../screens/messages")): Screen =>
  lazy(async () => (await import("../screens/messages"))[name]);

const consents = (name: keyof typeof import("../screens/consents")): Screen =>
  lazy(async () => (await import("../screens/consents"))[name]);

const premium = (name: keyof typeof import("../screens/premium")): Screen =>
  lazy(async () => (await import("../screens/premium"))[name]);

const merchant = (name: keyof typeof import("../screens/merchant")): Screen =>
  lazyAtWork(async () => (await import("../screens/merchant"))[name]);

const family = (name: keyof typeof import("../screens/family")): Screen =>
  lazy(async () => (await import("../screens/family"))[name]);

const way = (name: keyof typeof import("../screens/go")): Screen =>
  lazyOnTheWay(async () => (await import("../screens/go"))[name]);

const id = (name: keyof typeof import("../screens/id")): Screen =>
  lazy(async () => (await import("../screens/id"))[name]);


const open = (pattern: string, screen: Screen): Route => ({ pattern, screen, needs: "nobody", shell: "resident", acts: "all" });
const own = (pattern: string, screen: Screen): Route => ({ pattern, screen, needs: "person", shell: "resident" });
/** A person's page that may also be used for another: in one service, or in `all`. */
const shared = (acts: NonNullable<Route["acts"]>, pattern: string, screen: Screen): Route => ({ ...own(pattern, screen), acts });

const welcome = signin("Welcome");

const ROUTES: readonly Route[] = [
  shared("all", "/", Home),
  shared("wallet", "/pay", Pay),
  shared("wallet", "/pay/scan", lazy(async () => (await import("../screens/pay/Scan")).default)),
  shared("wallet", "/pay/confirm", pay("Confirm")),
  shared("wallet", "/pay/checking", pay("Checking")),
  shared("wallet", "/pay/code", pay("MyCode")),
  shared("wallet", "/pay/coupons", coupons("Coupons")),
  shared("wallet", "/pay/coupons/:id", coupons("CouponPage")),
  shared("wallet", "/pay/stamps", stamps("Stamps")),
  shared("wallet", "/pay/stamps/:id", stamps("StampPage")),
  open("/pay/referral", referral),
  shared("wallet", "/pay/history", pay("History")),
  open("/pay/shops", lazy(async () => (await import("../screens/shops/Shops")).default)),
  open("/pay/shops/:id", lazy(async () => (await import("../screens/shops/ShopPage")).default)),
  shared("wallet", "/pay/statements", lazy(async () => (await import("../screens/papers/Statements")).default)),
  shared("wallet", "/pay/top-up", topUp("Ways")),
  shared("wallet", "/pay/top-up/counter", topUp("Counter")),
  shared("wallet", "/pay/top-up/transfer", topUp("Transfer")),
  shared("wallet", "/pay/top-up/by/:method", topUp("Amount")),
  shared("wallet", "/pay/top-up/:id", topUp("Result")),
  shared("wallet", "/pay/payout", lazy(async () => (await import("../screens/payouts/Payouts")).default)),
  shared("wallet", "/pay/receipts/:id", pay("ReceiptPage")),
  shared("wallet", "/pay/orders", orders("Orders")),
  shared("wallet", "/pay/orders/:id", orders("OrderPage")),
  { ...open("/pay/send", send("Send")), acts: "wallet" },
  { ...open("/pay/asked", send("AskedPage")), acts: "wallet" },
  shared("wallet", "/pay/sent/:id", send("SentPage")),
  shared("wallet", "/pay/receive", send("Receive")),
  shared("wallet", "/pay/requests", send("Requests")),
  shared("wallet", "/pay/requests/new", send("AskFor")),
  shared("wallet", "/pay/requests/:id", send("RequestPage")),
  shared("wallet", "/pay/premium", premium("Offers")),
  shared("wallet", "/pay/premium/:id", premium("OfferPage")),
  open("/draws/:id", premium("DrawPage")),
  shared("all", "/me", me("Me")),
  shared("accounts", "/me/name", me("NameSetting")),
  open("/me/language", me("LanguageSetting")),
  open("/me/text-size", me("TextSizeSetting")),
  own("/me/devices", me("Devices")),
  own("/me/passkeys", me("Passkeys")),
  own("/me/messages", messages("MessageSettings")),
  own("/messages", messages("Messages")),
  own("/messages/:id", messages("MessagePage")),
  own("/me/connections", me("Connections")),
  own("/me/town-devices", me("TownDevices")),
  own("/device", me("LetIn")),
  own("/me/data", me("OwnData")),
  own("/me/close", me("CloseAccount")),
  open("/closed", me("Closed")),
  shared("accounts", "/me/consents", consents("Consents")),
  shared("accounts", "/me/consents/:agreement", consents("ConsentPage")),
  shared("accounts", "/me/consents/:agreement/receipts/:grant", consents("ReceiptPage")),
  shared("accounts", "/consents/ask/:agreement", consents("Ask")),
  shared("all", "/me/family", family("Family")),
  own("/me/family/invite", family("Invite")),
  open("/family/join", family("Join")),
  shared("accounts", "/me/looked", me("Looked")),
  own("/me/id", id("MyIdPage")),
  own("/me/id/counter", id("CounterPage")),
  own("/me/id/history", id("HistoryPage")),
  own("/me/id/upgrade", id("UpgradePage")),
  open("/staff/join", merchant("JoinStaff")),
  own("/merchant", merchant("Applications")),
  own("/merchant/:id", merchant("ApplicationPage")),
  own("/me/totp", id("AppPage")),
  own("/step-up", lazy(async () => (await import("../screens/step-up/StepUpPage")).default)),
  open("/card/return", lazy(async () => (await import("../screens/step-up/CardReturn")).default)),
  open("/go", way("Go")),
  open("/go/place", way("PlacePage")),
  open("/go/options", way("OptionsPage")),
  open("/go/saved", way("SavedPage")),
  open("/go/reach", way("ReachPage")),
  open("/go/journeys", way("JourneysPage")),
  open("/go/journeys/:id", way("JourneyPage")),
  open("/go/stops/:id", way("StopPage")),
  open("/go/trips/:id/:day", way("TripPage")),
  open("/office", lazy(async () => (await import("../screens/places/Office")).default)),
  open("/safe", lazy(async () => (await import("../screens/places/Safe")).default)),
  open("/sign-in", welcome),
  open("/sign-in/new", signin("NewPage")),
  open("/sign-in/address", signin("AddressPage")),
  open("/sign-in/code", signin("CodePage")),
  own("/sign-in/name", signin("NamePage")),
  ...tillRoutes,
  { ...open("/screen", lazy(async () => (await import("../screens/screen")).default)), shell: "screen" },
  own("/counter", lazy(async () => (await import("../screens/counter/Counter")).default)),
  own("/counter/close", lazy(async () => (await import("../screens/counter/CloseForThem")).default)),
];

const FRONT_DOOR = open("/", welcome);
const NOWHERE = open("*", Missing);

export interface Found {
  readonly route: Route;
  readonly values: Values;
}

/** This function will find the screen of an address. A stranger at the house is shown the front door. */
export function findRoute(path: string): Found {
  if (path === "/" && session.value.kind === "out") return { route: FRONT_DOOR, values: {} };
  for (const route of ROUTES) {
    const values = match(route.pattern, path);
    if (values) return { route, values };
  }
  return { route: NOWHERE, values: {} };
}
