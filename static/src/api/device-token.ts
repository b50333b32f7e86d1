/**
 * What makes this browser a device of the town: a till has no person signed in, it bears tokens of its own. They are renewed
 * twice a day, by one tab at a time, because a token that is shown twice ends the device.
 */
import { NoAnswerError } from "./problems";

export const CLIENT = "00000000-0000-7000-8000-0000000000d1";
export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
const KEY = "machi.device";
const EARLY_MS = 3_600_000;

interface Kept {
  readonly access: string;
  readonly refresh: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

interface Given {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

export interface FormAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const strangers = new Set<() => void>();

/** This function will call back when the town has ended this device. */
export function onDeviceEnded(listener: () => void): void {
  strangers.add(listener);
}

function kept(): Kept | null {
  const raw = localStorage.getItem(KEY);
  if (raw === null) return null;
  try {
    return JSON.parse(raw) as Kept;
  } catch {
    return null;
  }
}

export const isDevice = (): boolean => kept() !== null;

export function keepDevice(given: Readonly<Record<string, unknown>>): void {
  const { access_token, refresh_token, expires_in } = given as unknown as Given;
  const made: Kept = { access: access_token, refresh: refresh_token, until: Date.now() + expires_in * 1000 };
  localStorage.setItem(KEY, JSON.stringify(made));
}

export function forgetDevice(): void {
  localStorage.removeItem(KEY);
}

/** This function will end the device here too where the town refused a token that had not run out. */
export function tokenRefused(): void {
  if ((kept()?.until ?? 0) > Date.now()) end();
}

function end(): void {
  forgetDevice();
  for (const listener of strangers) listener();
}

/** This function will send a form, as the doors of RFC 8628 want it; only silence is an error. */
export async function sendForm(path: string, form: Readonly<Record<string, string>>): Promise<FormAnswer> {
  try {
    const response = await fetch(path, {
      method: "POST",
      body: new URLSearchParams(form),
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(12_000),
    });
    const body = (await response.json().catch(() => ({}))) as Readonly<Record<string, unknown>>;
    return { status: response.status, body };
  } catch (error) {
    throw new NoAnswerError(error);
  }
}

async function renew(): Promise<void> {
  const now = kept();
  if (now === null || now.until - EARLY_MS > Date.now()) return;
  const form = { grant_type: "refresh_token", client_id: CLIENT, refresh_token: now.refresh };
  const { status, body } = await sendForm("/identity/o/token", form);
  if (status === 200) keepDevice(body);
  else if (status === 400) end();
}

let renewing: Promise<void> | null = null;

/** This function will give the token of this device, renewed when it is about to run out; null for a person's browser. */
export async function deviceToken(): Promise<string | null> {
  const now = kept();
  if (now === null || now.until - EARLY_MS > Date.now()) return now?.access ?? null;
  const locks = navigator.locks as LockManager | null | undefined; // outside https or localhost there are none
  const alone = locks ? () => locks.request(KEY, renew) : renew;
  renewing ??= alone().finally(() => (renewing = null));
  await renewing.catch(() => undefined);
  return kept()?.access ?? null;
}
