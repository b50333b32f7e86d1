/** A shop's feed for tests: its first word is what the test says stands in the shop's book, the next ones come as the test wants. */
import { act } from "preact/test-utils";
import { vi } from "vitest";

let last: PlayedSocket | null = null;

class PlayedSocket {
  static book: () => object = () => ({});
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    last = this;
    queueMicrotask(() => this.say({ snapshot: PlayedSocket.book() }));
  }
  say(message: object): void {
    this.onmessage?.({ data: JSON.stringify({ feed: "wallet.shop:s1", ...message }) });
  }
  close(): void {
    this.onmessage = null;
  }
}

/** What the city answers where a feed asks for its ticket. */
export const TICKET = { status: 201, body: { ticket: "t", expires_at: "", url: "/ws/feeds?ticket=t" } } as const;

/** This function will play the feed of the shop `s1`, until globals are unstubbed. */
export function playFeed(book: () => object): void {
  PlayedSocket.book = book;
  vi.stubGlobal("WebSocket", PlayedSocket);
}

/** This function will let the feed tell that something changed. */
export async function tells(type: string, data: object): Promise<void> {
  await act(() => last?.say({ event: { type, data } }));
}
