import { ask } from "./http";
import { intents } from "./intents";

const WALLET = "/api/v1/wallet";

export interface ReceiveCode {
  readonly link: string;
  readonly label: string;
  readonly mask: string;
  readonly expires_at: string;
}

export interface SendLimits {
  readonly per_send: number;
  readonly left_today: number;
  readonly left_this_month: number;
  readonly sends_left_today: number;
  readonly level_above: number;
}

export interface Recipient {
  readonly name: string;
  readonly mask: string;
  readonly sendable: number;
  readonly limits: SendLimits;
}

export interface Sent {
  readonly id: string;
  readonly receipt_number: string;
  readonly direction: "in" | "out";
  readonly amount: number;
  readonly at: string;
  readonly name: string;
  readonly mask: string;
  readonly message: string;
  readonly lots: readonly { readonly amount: number; readonly expires_on: string }[];
}

export type RequestState = "open" | "paid" | "declined" | "cancelled" | "expired";

export interface RequestShare {
  readonly number: number;
  readonly amount: number;
  readonly state: "open" | "paid" | "declined";
  readonly mask: string | null;
}

export interface OwnRequest {
  readonly id: string;
  readonly link: string;
  readonly amount: number;
  readonly paid: number;
  readonly state: RequestState;
  readonly message: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly shares: readonly RequestShare[];
  readonly can_remind: boolean;
}

export interface Asked {
  readonly id: string;
  readonly link: string;
  readonly name: string;
  readonly mask: string;
  readonly amount: number;
  readonly state: RequestState;
  readonly message: string;
  readonly expires_at: string;
  readonly sendable: number;
}

export interface Requests {
  readonly asked_by_me: readonly OwnRequest[];
  readonly asked_of_me: readonly Asked[];
}

export const readReceiveCode = (): Promise<{ code: ReceiveCode | null }> => ask("GET", `${WALLET}/receive_codes`);
export const newReceiveCode = (label: string): Promise<ReceiveCode> => ask("POST", `${WALLET}/receive_codes`, { body: { label } });
export const readRecipient = (to: string): Promise<Recipient> => ask("POST", `${WALLET}/receive_codes/read`, { body: { to } });
export const readSent = (id: string): Promise<Sent> => ask("GET", `${WALLET}/transfers/${id}`);

/** One send at a time: a double tap or a lost answer sends once. */
export const SENDING = "send";
export const sendCoins = (to: string, amount: number, message: string, signed: string): Promise<Sent> =>
  intents.send(SENDING, `${WALLET}/transfers`, { to, amount, message, signed });

export const readRequests = (): Promise<Requests> => ask("GET", `${WALLET}/requests/mine`);
export const askForCoins = (amount: number, people: number, message: string, signed: string): Promise<OwnRequest> =>
  intents.send("request", `${WALLET}/requests`, { amount, people, message, signed });
export const cancelRequest = (id: string): Promise<OwnRequest> => ask("POST", `${WALLET}/requests/${id}/cancel`);
export const remindRequest = (id: string): Promise<OwnRequest> => ask("POST", `${WALLET}/requests/${id}/remind`);
export const readAsked = (token: string): Promise<Asked> => ask("POST", `${WALLET}/requests/read`, { body: { token } });
export const payAsked = (token: string, amount: number): Promise<Sent> =>
  intents.send("request.pay", `${WALLET}/requests/pay`, { token, amount });
export const declineAsked = (token: string): Promise<Asked> => ask("POST", `${WALLET}/requests/decline`, { body: { token } });
