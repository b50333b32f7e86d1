/** A feed for tests: its first word is what the test says stands there (in a shop's book), the next ones come as the test wants. */
import { act } from "preact/test-utils";
import { vi } from "vitest";

let last: PlayedSocket | null = null;

class PlayedSocket {
  static book: () => object = () => ({});
  static feed = "";
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    last = this;
    queueMicrotask(() => this.say({ snapshot: PlayedSocket.book() }));
  }
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify({ feed: PlayedSocket.feed, ...message }) });
  }
  close(): void {
    this.onmessage = null;
  }
}

/** What the city answers where a feed asks for its ticket. */
export const TICKET = { status: 201, body: { ticket: "t", expires_at: "", url: "/ws/feeds?ticket=t" } } as const;

/** This function will play a feed, that of the shop `s1` where no other is named, until globals are unstubbed. */
export function playFeed(book: () => object, feed = "wallet.shop:s1"): void {
  PlayedSocket.book = book;
  PlayedSocket.feed = feed;
  vi.stubGlobal("WebSocket", PlayedSocket);
}

/** This function will let the feed tell that something changed. */
export async function tells(type: string, data: object): Promise<void> {
  await act(() => last?.say({ event: { type, data } }));
}

/** This function will let the line break. */
export async function breaks(): Promise<void> {
  await act(() => last?.onclose?.());
}
