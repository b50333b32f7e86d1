/** The map of the app: each address, its screen, who may come, and which frame stands around it. */
import Home from "../screens/home/Home";
import Pay from "../screens/pay/Pay";
import Missing from "../screens/places/Missing";
import { tillRoutes } from "../screens/till";
import { session } from "../state/session";
import { lazy, type Screen } from "./lazy";
import { match, type Values } from "./router";

export interface Route {
  readonly pattern: string;
  readonly screen: Screen;
  /** `person`: somebody must be signed in, or remembered while offline. */
  readonly needs: "nobody" | "person";
  /** `till` has no bar of five places: it is another person's tool. */
  readonly shell: "resident" | "till";
}

const signin = (name: keyof typeof import("../screens/signin")): Screen =>
  lazy(async () => (await import("../screens/signin"))[name]);

const pay = (name: keyof typeof import("../screens/pay")): Screen =>
  lazy(async () => (await import("../screens/pay"))[name]);

const me = (name: keyof typeof import("../screens/me")): Screen =>
  lazy(async () => (await import("../screens/me"))[name]);

const open = (pattern: string, screen: Screen): Route => ({ pattern, screen, needs: "nobody", shell: "resident" });
const own = (pattern: string, screen: Screen): Route => ({ pattern, screen, needs: "person", shell: "resident" });

const welcome = signin("Welcome");

const ROUTES: readonly Route[] = [
  own("/", Home),
  own("/pay", Pay),
  own("/pay/scan", lazy(async () => (await import("../screens/pay/Scan")).default)),
  own("/pay/confirm", pay("Confirm")),
  own("/pay/checking", pay("Checking")),
  own("/pay/code", pay("MyCode")),
  own("/pay/history", pay("History")),
  own("/pay/top-up", pay("TopUp")),
  own("/pay/receipts/:id", pay("ReceiptPage")),
  own("/me", me("Me")),
  own("/me/name", me("NameSetting")),
  open("/me/language", me("LanguageSetting")),
  open("/me/text-size", me("TextSizeSetting")),
  own("/me/devices", me("Devices")),
  own("/me/passkeys", me("Passkeys")),
  open("/go", lazy(async () => (await import("../screens/places/Go")).default)),
  open("/office", lazy(async () => (await import("../screens/places/Office")).default)),
  open("/safe", lazy(async () => (await import("../screens/places/Safe")).default)),
  open("/sign-in", welcome),
  open("/sign-in/new", signin("NewPage")),
  open("/sign-in/address", signin("AddressPage")),
  open("/sign-in/code", signin("CodePage")),
  own("/sign-in/name", signin("NamePage")),
  ...tillRoutes,
  own("/counter", lazy(async () => (await import("../screens/counter/Counter")).default)),
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
