/** Where a person stands on the way in, kept across a reload and gone with the tab. */
import { signal } from "@preact/signals";
import { readMe } from "../../api/accounts";
import { askForCode, readStanding, signUp, type Address, type Standing, type Waiting } from "../../api/allauth";
import { ProblemError } from "../../api/problems";
import { go, place } from "../../app/router";
import { arrive, leave } from "../../state/session";

/** Signing in with an address the town knows, or registering one it may not know yet, as somebody of the town or as a guest. */
export type Mode = "in" | "up" | "guest";

export interface Step {
  readonly mode: Mode;
  readonly address: Address;
  readonly waiting: Waiting;
  /** When the last code was sent, milliseconds since 1970. */
  readonly sentAt: number;
}

const KEY = "machi.sign-in";
const NEXT = "machi.sign-in.next";

function kept(): Step | null {
  const raw = sessionStorage.getItem(KEY);
  return raw === null ? null : (JSON.parse(raw) as Step);
}

export const step = signal<Step | null>(kept());

export function setStep(next: Step | null): void {
  step.value = next;
  if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
  else sessionStorage.removeItem(KEY);
}

/** Only an address inside this app may follow a sign-in. */
export function keepNext(wanted: string | null): void {
  if (wanted && /^\/(?!\/)/.test(wanted)) sessionStorage.setItem(NEXT, wanted);
}

/**
 * This function will have a code sent and remember where it went. Known and unknown addresses look alike here.
 * :raises ProblemError: the address was refused, or too many were asked for.
 */
export async function sendCode(mode: Mode, address: Address): Promise<void> {
  let standing: Standing;
  try {
    standing = await (mode === "in" ? askForCode(address) : signUp(address, mode === "guest"));
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 409) throw error;
    // Somebody is signed in already, perhaps in another tab.
    standing = await readStanding();
  }
  if (standing.signedIn) return enter();
  if (standing.waiting === null) throw new ProblemError(500, "no_step", "", "", [], null);
  setStep({ mode, address, waiting: standing.waiting, sentAt: Date.now() });
  go("/sign-in/code", { replace: place.peek().path === "/sign-in/code" });
}

/** This function will go on after any step: to the next one waiting, or in. */
export async function proceed(standing: Standing): Promise<void> {
  if (standing.signedIn) return enter();
  const current = step.value;
  if (current && standing.waiting) setStep({ ...current, waiting: standing.waiting });
}

/** This function will let a signed-in person in: to their name when they have none yet, else where they wanted to go. */
export async function enter(): Promise<void> {
  const found = await readMe();
  setStep(null);
  arrive(found);
  if (found.display_name === "" && found.level > 0) return go("/sign-in/name", { replace: true });
  finish();
}

/** Pages that the server renders are no screens of this app: the browser itself goes there. */
const SERVED = /^\/(identity|admin|demo)(\/|$)/;

/** This function will go on from the question for a name. */
export function finish(): void {
  const next = sessionStorage.getItem(NEXT) ?? "/";
  sessionStorage.removeItem(NEXT);
  if (SERVED.test(next)) window.location.replace(next);
  else go(next, { replace: true });
}

/** This function will sign a person out who is asked to prove anew who they are, and remember where they were going. */
export async function startAgain(next: string | null): Promise<void> {
  await leave().catch(() => undefined);
  keepNext(next);
}
