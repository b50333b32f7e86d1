import { language } from "../i18n";
import { deviceToken, tokenRefused } from "./device-token";
import { whose } from "./acting";
import { NoAnswerError, problemFrom } from "./problems";
import { steppedUp } from "./step-up";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export interface Ask {
  readonly body?: unknown;
  /** The Idempotency-Key: the same for every retry of one intention. */
  readonly key?: string;
  readonly timeoutMs?: number;
  /** Asked for oneself, also while one acts for another. */
  readonly own?: boolean;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
}

const TIMEOUT_MS = 12_000;

type Listener = (reached: boolean) => void;
const listeners = new Set<Listener>();

/** This function will call back after every exchange with whether the city could be reached. */
export function onReach(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const strangers = new Set<() => void>();

/** This function will call back when the city no longer knows who is asking: the sign-in ran out or was ended elsewhere. */
export function onStranger(listener: () => void): void {
  strangers.add(listener);
}

const notDelegates = new Set<(person: string) => void>();

/** This function will call back when the city says that one may not act for a person, or not any more. */
export function onNotDelegate(listener: (person: string) => void): void {
  notDelegates.add(listener);
}

/** For whom a question is asked: the header that names them, on the city's own doors alone. */
const forWhom = (path: string, ask: Ask): string | null => (ask.own || !path.startsWith("/api/v1/") ? null : whose());

function cookie(name: string): string | null {
  const found = document.cookie.split("; ").find((each) => each.startsWith(`${name}=`));
  return found === undefined ? null : decodeURIComponent(found.slice(name.length + 1));
}

/** A browser that never spoke with the city has no CSRF cookie; any answer of the sign-in service sets it. */
async function csrfToken(): Promise<string | null> {
  const token = cookie("csrftoken");
  if (token !== null) return token;
  await fetch("/_allauth/browser/v1/config", { credentials: "same-origin" });
  return cookie("csrftoken");
}

/** This function will make the headers of a question: language, key, for whom, and what shows who asks. */
export async function headers(method: Method, path: string, ask: Ask, person: string | null): Promise<Headers> {
  const made = new Headers({ Accept: "application/json, application/problem+json", "Accept-Language": language.value });
  if (ask.body !== undefined) made.set("Content-Type", "application/json");
  if (ask.key !== undefined) made.set("Idempotency-Key", ask.key);
  if (person !== null) made.set("Machi-For", person);
  const device = path.startsWith("/api/") ? await deviceToken() : null;
  if (device !== null) {
    made.set("Authorization", `Bearer ${device}`);
  } else if (method !== "GET") {
    const token = await csrfToken();
    if (token !== null) made.set("X-CSRFToken", token);
  }
  return made;
}

/** This function will ask the city and hand back whatever it answered; only silence is an error. */
export async function exchange(method: Method, path: string, ask: Ask = {}): Promise<Answered> {
  const person = forWhom(path, ask); // known before the first wait: who asks may be somebody else after it
  try {
    const response = await fetch(path, {
      method,
      headers: await headers(method, path, ask, person),
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(ask.timeoutMs ?? TIMEOUT_MS),
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    });
    const raw = await response.text();
    for (const listener of listeners) listener(true);
    return { status: response.status, body: parsed(raw), retryAfter: response.headers.get("Retry-After") };
  } catch (error) {
    for (const listener of listeners) listener(false);
    throw new NoAnswerError(error);
  }
}

function parsed(raw: string): unknown {
  if (raw === "") return null;
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

/**
 * This function will ask the city and hand back the body of a good answer; a refusal is thrown as a ProblemError. Where the city
 * first wants to know more surely who is asking, the person is asked, and then the same is sent again under the same key.
 */
export const ask = <T>(method: Method, path: string, options: Ask = {}): Promise<T> =>
  steppedUp(() => askOnce<T>(method, path, options));

async function askOnce<T>(method: Method, path: string, options: Ask): Promise<T> {
  const person = forWhom(path, options);
  const answered = await exchange(method, path, options);
  if (answered.status >= 200 && answered.status < 300) return answered.body as T;
  const problem = problemFrom(answered.status, answered.body, answered.retryAfter, Date.now());
  if (problem.code === "not_signed_in") {
    tokenRefused();
    for (const listener of strangers) listener();
  }
  if (problem.code === "not_delegate" && person !== null) for (const listener of notDelegates) listener(person);
  throw problem;
}

/** The same for oneself, also while one acts for another: what this phone does for its owner alone. */
export const askOwn = <T>(method: Method, path: string, options: Ask = {}): Promise<T> => ask<T>(method, path, { ...options, own: true });
