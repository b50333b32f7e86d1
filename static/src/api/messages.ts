import { askOwn } from "./http";
import type { Page } from "./types";

const ACCOUNTS = "/api/v1/accounts";

export interface Message {
  readonly id: string;
  readonly category: string;
  readonly priority: "normal" | "life";
  readonly title: string;
  readonly body: string;
  /** An address of this app that the message leads to; empty where it leads nowhere. */
  readonly link: string;
  /** The language it is written in, which need not be the reader's. */
  readonly language: string;
  readonly at: string;
  readonly is_read: boolean;
  /** 1 unread, 2 read. */
  readonly version: number;
}

export interface Unread {
  readonly unread: number;
  readonly version: number;
}

export const CHANNELS = ["push", "email", "sms", "line"] as const;
export type Channel = (typeof CHANNELS)[number];

export interface MessageSettings {
  readonly channels: readonly { readonly channel: Channel; readonly is_offered: boolean; readonly is_reachable: boolean; readonly devices: number }[];
  readonly categories: readonly { readonly category: string; readonly title: string; readonly is_essential: boolean; readonly channels: readonly Channel[] }[];
  readonly quiet_from: string | null;
  readonly quiet_to: string | null;
}

export interface HomeCard {
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly link: string;
  readonly until: string | null;
  readonly is_pinned: boolean;
  readonly can_be_hidden: boolean;
}

export interface HomeView {
  readonly cards: readonly HomeCard[];
  readonly kinds: readonly { readonly kind: string; readonly title: string; readonly is_pinned: boolean; readonly is_hidden: boolean }[];
}

const after = (cursor: string | null): string => (cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`);

export const readMessages = (cursor: string | null): Promise<Page<Message>> => askOwn("GET", `${ACCOUNTS}/messages${after(cursor)}`);
export const readUnread = (): Promise<Unread> => askOwn("GET", `${ACCOUNTS}/messages/unread`);
/** This function will mark a message as read and hand it back. */
export const markRead = (id: string): Promise<Message> => askOwn("POST", `${ACCOUNTS}/messages/${id}/read`);
export const markAllRead = (): Promise<Unread> => askOwn("POST", `${ACCOUNTS}/messages/read_all`);

export const readMessageSettings = (): Promise<MessageSettings> => askOwn("GET", `${ACCOUNTS}/message_settings`);
export const changeMessageSettings = (
  choices: Readonly<Record<string, readonly Channel[]>>,
  quietFrom: string | null,
  quietTo: string | null,
): Promise<MessageSettings> =>
  askOwn("PUT", `${ACCOUNTS}/message_settings`, { body: { choices, quiet_from: quietFrom, quiet_to: quietTo } });
export const linkLine = (linked: boolean): Promise<MessageSettings> =>
  askOwn(linked ? "POST" : "DELETE", `${ACCOUNTS}/message_settings/line`);

export const readPushKey = (): Promise<{ key: string }> => askOwn("GET", `${ACCOUNTS}/push_key`);
export const subscribePush = (subscription: PushSubscriptionJSON): Promise<unknown> =>
  askOwn("POST", `${ACCOUNTS}/push_subscriptions`, { body: { endpoint: subscription.endpoint, keys: subscription.keys } });
export const unsubscribePush = (endpoint: string): Promise<unknown> =>
  askOwn("DELETE", `${ACCOUNTS}/push_subscriptions`, { body: { endpoint } });

export const readHome = (here: { readonly lat: string; readonly lon: string } | null): Promise<HomeView> =>
  askOwn("GET", `${ACCOUNTS}/home${here ? `?lat=${here.lat}&lon=${here.lon}` : ""}`);
export const chooseCards = (pinned: readonly string[], hidden: readonly string[]): Promise<unknown> =>
  askOwn("PUT", `${ACCOUNTS}/home/choices`, { body: { pinned, hidden } });
