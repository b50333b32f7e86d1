/**
 * The sign-in service: one conversation kept by the city's session cookie. Its 401 is not a failure but
 * "not yet": it lists what can be done next, and which step is waiting.
 */
import { exchange, type Ask, type Method } from "./http";
import { problemFrom } from "./problems";
import { steppedUp } from "./step-up";

const BASE = "/_allauth/browser/v1";

/** The step that waits for a code, or null when none does. */
export type Waiting = "login_by_code" | "verify_email" | "verify_phone" | "mfa_authenticate";

export interface Standing {
  readonly signedIn: boolean;
  readonly waiting: Waiting | null;
}

interface Body {
  readonly meta?: { readonly is_authenticated?: boolean };
  readonly data?: { readonly flows?: readonly { readonly id: string; readonly is_pending?: boolean }[] };
}

const WAITING: readonly Waiting[] = ["login_by_code", "verify_email", "verify_phone", "mfa_authenticate"];

function standing(status: number, body: Body | null): Standing {
  const pending = body?.data?.flows?.find((flow) => flow.is_pending === true)?.id;
  return { signedIn: status === 200, waiting: WAITING.find((each) => each === pending) ?? null };
}

async function converse(method: Method, path: string, options: Ask = {}): Promise<Standing> {
  const answered = await exchange(method, BASE + path, options);
  if (answered.status === 200 || answered.status === 401) return standing(answered.status, answered.body as Body | null);
  throw problemFrom(answered.status, answered.body, answered.retryAfter, Date.now());
}

/**
 * This function will ask about the account of somebody who is signed in; they are asked to show more where the city wants it.
 * :raises ProblemError: not_signed_in, or step_up_required when they would rather not.
 */
const data = <T>(method: Method, path: string, options: Ask = {}): Promise<T> => steppedUp(() => dataOnce<T>(method, path, options));

async function dataOnce<T>(method: Method, path: string, options: Ask): Promise<T> {
  const answered = await exchange(method, BASE + path, options);
  const body = answered.body as (Body & { data: T }) | null;
  if (answered.status === 200) return (body as { data: T }).data;
  const isOurs = typeof (answered.body as { code?: unknown } | null)?.code === "string";
  const shown = answered.status === 401 && !isOurs ? { code: "not_signed_in" } : answered.body;
  throw problemFrom(answered.status, shown, answered.retryAfter, Date.now());
}

/** Where a code is sent: one of the two. */
export type Address = { readonly email: string } | { readonly phone: string };

export const readStanding = (): Promise<Standing> => converse("GET", "/auth/session");
export const askForCode = (address: Address): Promise<Standing> => converse("POST", "/auth/code/request", { body: address });
export const signUp = (address: Address, guest: boolean): Promise<Standing> =>
  converse("POST", "/auth/signup", { body: { ...address, is_guest: guest } });
/** This function will let a guest in by one tap: no address, no name. */
export const arriveAsGuest = (): Promise<Standing> => converse("POST", "/auth/guest");
export const signOut = (): Promise<Standing> => converse("DELETE", "/auth/session");

const CONFIRM: Readonly<Record<Waiting, (code: string) => [path: string, body: unknown]>> = {
  login_by_code: (code) => ["/auth/code/confirm", { code }],
  verify_email: (code) => ["/auth/email/verify", { key: code }],
  verify_phone: (code) => ["/auth/phone/verify", { code }],
  mfa_authenticate: (code) => ["/auth/2fa/authenticate", { code }],
};

const RESEND: Readonly<Record<Waiting, string | null>> = {
  login_by_code: "/auth/code/resend",
  verify_email: "/auth/email/verify/resend",
  verify_phone: "/auth/phone/verify/resend",
  mfa_authenticate: null,
};

/**
 * This function will hand in the code a person typed.
 * :raises ProblemError: 400 the code is wrong; 409 it ran out or was tried too often, start again.
 */
export function confirmCode(waiting: Waiting, code: string): Promise<Standing> {
  const [path, body] = CONFIRM[waiting](code);
  return converse("POST", path, { body });
}

export function resendCode(waiting: Waiting): Promise<Standing> {
  const path = RESEND[waiting];
  if (path === null) return Promise.reject(new Error(`${waiting} sends no code`));
  return converse("POST", path);
}

export interface Device {
  readonly id: number;
  readonly user_agent: string;
  /** Seconds since 1970. */
  readonly created_at: number;
  readonly last_seen_at?: number;
  readonly is_current: boolean;
}

export const myDevices = (): Promise<readonly Device[]> => data("GET", "/auth/sessions");
export const signOutDevices = (sessions: readonly number[]): Promise<readonly Device[]> =>
  data("DELETE", "/auth/sessions", { body: { sessions } });

export interface Passkey {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly created_at: number;
  readonly last_used_at: number | null;
}

export async function myPasskeys(): Promise<readonly Passkey[]> {
  const all = await data<readonly Passkey[]>("GET", "/account/authenticators");
  return all.filter((each) => each.type === "webauthn");
}

interface Options {
  readonly publicKey: unknown;
}

export const passkeyCreation = async (): Promise<unknown> =>
  (await data<{ creation_options: Options }>("GET", "/account/authenticators/webauthn?passwordless")).creation_options.publicKey;
export const addPasskey = (name: string, credential: unknown): Promise<Passkey> =>
  data("POST", "/account/authenticators/webauthn", { body: { name, credential } });
export const passkeyRequest = async (): Promise<unknown> =>
  (await data<{ request_options: Options }>("GET", "/auth/webauthn/login")).request_options.publicKey;
export const signInByPasskey = (credential: unknown): Promise<Standing> =>
  converse("POST", "/auth/webauthn/login", { body: { credential } });
export const passkeyProof = async (): Promise<unknown> =>
  (await data<{ request_options: Options }>("GET", "/auth/webauthn/reauthenticate")).request_options.publicKey;
export const proveByPasskey = (credential: unknown): Promise<Standing> =>
  converse("POST", "/auth/webauthn/reauthenticate", { body: { credential } });

export const removePasskeys = (authenticators: readonly number[]): Promise<unknown> =>
  data("DELETE", "/account/authenticators/webauthn", { body: { authenticators } });

/** A secret that an authenticator app may keep from now on, as letters and as the address its code carries. */
export interface AppOffer {
  readonly secret: string;
  readonly totp_url: string;
}

/** This function will offer a secret for an authenticator app; null when there is an app already. */
export async function appOffer(): Promise<AppOffer | null> {
  const answered = await exchange("GET", `${BASE}/account/authenticators/totp`);
  const meta = (answered.body as { meta?: Partial<AppOffer> } | null)?.meta;
  if (answered.status === 404 && meta?.secret && meta.totp_url) return { secret: meta.secret, totp_url: meta.totp_url };
  if (answered.status === 200) return null;
  throw problemFrom(answered.status, answered.body, answered.retryAfter, Date.now());
}

export const addApp = (code: string): Promise<unknown> => data("POST", "/account/authenticators/totp", { body: { code } });
export const removeApp = (): Promise<unknown> => data("DELETE", "/account/authenticators/totp");
export const proveByApp = (code: string): Promise<Standing> => converse("POST", "/auth/2fa/reauthenticate", { body: { code } });

export const addEmail = (email: string): Promise<unknown> => data("POST", "/account/email", { body: { email } });
export const confirmEmail = (key: string): Promise<unknown> => data("POST", "/auth/email/verify", { body: { key } });
