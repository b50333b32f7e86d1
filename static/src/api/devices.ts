import { CLIENT, DEVICE_CODE, keepDevice, sendForm } from "./device-token";
import { ask } from "./http";
import { intents } from "./intents";
import type { Page } from "./types";

const ACCOUNTS = "/api/v1/accounts";

export type DeviceKind = "till" | "kiosk" | "desk" | "signage";

export interface TownDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly label: string;
  readonly organisation_id: string;
  readonly organisation: string;
  readonly organisation_en: string;
  readonly approved_at: string;
  readonly last_seen_at: string;
}

export interface DeviceAsk {
  readonly kind: DeviceKind;
  readonly service: string;
  readonly asked_at: string;
  readonly expires_at: string;
  readonly places: readonly { readonly id: string; readonly name: string; readonly name_en: string }[];
}

export const ownDevice = (): Promise<TownDevice> => ask("GET", `${ACCOUNTS}/devices/here`);
export const devicesOfMine = (): Promise<Page<TownDevice>> => ask("GET", `${ACCOUNTS}/devices?limit=200`);
export const endDevice = (id: string): Promise<null> => ask("DELETE", `${ACCOUNTS}/devices/${id}`);

export const lookAtDevice = (user_code: string): Promise<DeviceAsk> =>
  ask("POST", `${ACCOUNTS}/device_requests/look`, { body: { user_code } });
export const approveDevice = (user_code: string, organisation_id: string, label: string): Promise<TownDevice> =>
  intents.send(`device.${user_code}`, `${ACCOUNTS}/device_requests/approve`, { user_code, organisation_id, label });
export const denyDevice = (user_code: string): Promise<null> =>
  ask("POST", `${ACCOUNTS}/device_requests/deny`, { body: { user_code } });

export interface Waiting {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

/** This function will ask the town to let this browser in as a device; null where it is asked too often. */
export async function askToJoin(device_kind: DeviceKind): Promise<Waiting | null> {
  const { status, body } = await sendForm("/identity/o/device_authorization", { client_id: CLIENT, device_kind });
  return status === 200 ? (body as unknown as Waiting) : null;
}

export type Polled = "in" | "pending" | "slow_down" | "denied" | "over";

/** This function will ask what became of it, and keep the tokens when this browser is let in. */
export async function pollJoin(device_code: string): Promise<Polled> {
  const { status, body } = await sendForm("/identity/o/token", { grant_type: DEVICE_CODE, client_id: CLIENT, device_code });
  if (status === 200) {
    keepDevice(body);
    return "in";
  }
  if (status >= 500 || status === 429) return "slow_down";
  if (body.error === "authorization_pending") return "pending";
  if (body.error === "slow_down") return "slow_down";
  return body.error === "access_denied" ? "denied" : "over";
}
