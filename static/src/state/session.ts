/** Who is using this phone. */
import { computed, signal } from "@preact/signals";
import { changeMe, readMe } from "../api/accounts";
import { signOut } from "../api/allauth";
import { isDevice, onDeviceEnded } from "../api/device-token";
import { ownDevice, type TownDevice } from "../api/devices";
import { acting } from "../api/acting";
import { onStranger } from "../api/http";
import { NoAnswerError, ProblemError } from "../api/problems";
import type { Me } from "../api/types";
import { isLanguage, language, speak, type Language } from "../i18n";
import { forgetGoing } from "../offline/going";
import { forgetAll, recall, remember } from "../offline/memory";
import { onBack } from "./network";
import { keepLanguage, languageChosen } from "./settings";

export type Session =
  | { readonly kind: "unknown" }
  | { readonly kind: "out" }
  | { readonly kind: "in"; readonly me: Me }
  /** Nobody: this is a till, kiosk, desk or sign of the town. */
  | { readonly kind: "device"; readonly device: TownDevice }
  /** The city cannot be reached, but this phone was signed in: what it remembers may be shown. */
  | { readonly kind: "remembered"; readonly name: string };

export const session = signal<Session>({ kind: "unknown" });
/** True after a sign-in ran out or was ended elsewhere while the app was in use. */
export const ranOut = signal(false);
/** True after the shop or the city has ended this device. */
export const deviceGone = signal(false);
export const me = computed<Me | null>(() => (session.value.kind === "in" ? session.value.me : null));
const works = (as: (role: string) => boolean): boolean =>
  me.value !== null && [...me.value.roles, ...me.value.organisations.map(({ role }) => role)].some(as);
export const runsTill = computed(() => works((role) => role.startsWith("merchant.")));
export const managesShop = computed(() => works((role) => role === "merchant.manager"));
export const worksAtCounter = computed(() => works((role) => role === "city.officer"));
export const managesCity = computed(() => works((role) => role === "city.administrator"));

/** Set while a sign-out has not reached the city yet: nobody comes back in by mistake. */
const LEAVING = "machi.leaving";

async function signOutThere(): Promise<void> {
  localStorage.setItem(LEAVING, "1");
  await signOut();
  localStorage.removeItem(LEAVING);
}

/** This function will find out who is signed in, or fall back on what the phone remembers when nobody answers. */
export async function startSession(): Promise<void> {
  try {
    if (localStorage.getItem(LEAVING) !== null) await signOutThere();
    if (isDevice()) beDevice(await ownDevice());
    else arrive(await readMe());
  } catch (error) {
    if (error instanceof ProblemError && (error.status === 401 || error.status === 403)) {
      if (recall()) forgetGoing(); // who never signed in keeps their own
      forgetAll();
      session.value = { kind: "out" };
      return;
    }
    const device = isDevice() && error instanceof NoAnswerError ? rememberedDevice() : null;
    if (device) {
      session.value = { kind: "device", device };
      return;
    }
    const kept = recall();
    session.value = kept && error instanceof NoAnswerError ? { kind: "remembered", name: kept.name } : { kind: "out" };
  }
}

/**
 * This function will keep the session true: when the city no longer knows the person, what the phone remembers goes and the
 * front door opens; when the city is back after a silence, it is asked again who is signed in.
 */
export function watchSession(): void {
  onDeviceEnded(() => {
    localStorage.removeItem(HERE);
    deviceGone.value = true;
    session.value = { kind: "out" };
  });
  onStranger(() => {
    if (session.peek().kind !== "in") return;
    acting.value = null;
    forgetGoing();
    forgetAll();
    ranOut.value = true;
    session.value = { kind: "out" };
  });
  onBack(() => {
    if (session.value.kind === "remembered" || localStorage.getItem(LEAVING) !== null) void startSession();
  });
}

/** This function will make this browser a device, after the town has let it in; a person who was signed in here leaves first. */
export async function becomeDevice(): Promise<void> {
  if (me.peek()) await leave().catch(() => undefined);
  deviceGone.value = false;
  beDevice(await ownDevice());
}

const HERE = "machi.device.here";

function beDevice(device: TownDevice): void {
  localStorage.setItem(HERE, JSON.stringify(device));
  session.value = { kind: "device", device };
}

/** What this device was when the city last said so: a till or a sign that is switched on while the city is silent stays one. */
function rememberedDevice(): TownDevice | null {
  try {
    return JSON.parse(localStorage.getItem(HERE) ?? "null") as TownDevice | null;
  } catch {
    return null;
  }
}

export function arrive(found: Me): void {
  session.value = { kind: "in", me: found };
  ranOut.value = false;
  remember({ name: found.display_name });
  if (!languageChosen() && isLanguage(found.language)) void speak(found.language);
}

/** This function will change the language here at once, and in the account when somebody is signed in. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  keepLanguage(chosen);
  await speak(chosen);
  if (me.value && me.value.language !== language.value) {
    session.value = { kind: "in", me: await changeMe({ language: chosen }) };
  }
}

/** This function will sign out here and leave nothing personal on the phone, even when the city does not answer. */
export async function leave(): Promise<void> {
  acting.value = null;
  try {
    await signOutThere();
  } finally {
    forgetPerson();
  }
}

/** This function will leave nothing personal on the phone: the person has gone. */
export function forgetPerson(): void {
  forgetGoing();
  forgetAll();
  sessionStorage.clear();
  session.value = { kind: "out" };
}
