/** The people and tills of a shop, and what may be given back there without its manager. */
import { ask, askOwn } from "./http";
import type { TownDevice } from "./devices";

const ACCOUNTS = "/api/v1/accounts";

export type StaffRole = "merchant.manager" | "merchant.cashier";

export interface StaffMember {
  readonly id: string;
  /** Empty where they never said how they want to be called. */
  readonly name: string;
  readonly role: StaffRole;
  readonly since: string;
  readonly is_me: boolean;
}

export interface Staff {
  readonly people: readonly StaffMember[];
  readonly invitations: readonly { readonly id: string; readonly role: StaffRole; readonly ends_at: string }[];
}

export interface StaffInvited {
  readonly id: string;
  /** Shown once, to the manager who invites. */
  readonly token: string;
  readonly ends_at: string;
}

export interface StaffAsk {
  readonly organisation: string;
  readonly organisation_en: string;
  readonly role: StaffRole;
  readonly open_until: string;
}

export const staffOf = (organisation: string): Promise<Staff> => ask("GET", `${ACCOUNTS}/organisations/${organisation}/staff`);
export const inviteStaff = (organisation: string, role: StaffRole): Promise<StaffInvited> =>
  ask("POST", `${ACCOUNTS}/organisations/${organisation}/staff`, { body: { role } });
export const withdrawStaffInvitation = (id: string): Promise<null> => ask("DELETE", `${ACCOUNTS}/staff_invitations/${id}`);
export const lookAtWork = (token: string): Promise<StaffAsk> =>
  askOwn("POST", `${ACCOUNTS}/staff_invitations/looked`, { body: { token } });
export const takeUpWork = (token: string, name: string): Promise<{ id: string }> =>
  askOwn("POST", `${ACCOUNTS}/staff_invitations/taken`, { body: { token, name } });
export const dismissStaff = (id: string): Promise<null> => ask("DELETE", `${ACCOUNTS}/staff/${id}`);
export const promoteStaff = (id: string): Promise<{ id: string }> => ask("POST", `${ACCOUNTS}/staff/${id}/promotion`, { body: {} });
export const renameDevice = (id: string, label: string): Promise<TownDevice> =>
  ask("PATCH", `${ACCOUNTS}/devices/${id}`, { body: { label } });

export interface Ceiling {
  /** Whole yen; null for no ceiling. */
  readonly per_payment: number | null;
  readonly per_day: number | null;
  readonly given_today: number;
}

const ceiling = (shop: string): string => `/api/v1/wallet/shops/${shop}/refund_ceiling`;
export const readCeiling = (shop: string): Promise<Ceiling> => ask("GET", ceiling(shop));
export const setCeiling = (shop: string, per_payment: number | null, per_day: number | null): Promise<Ceiling> =>
  ask("PUT", ceiling(shop), { body: { per_payment, per_day } });
