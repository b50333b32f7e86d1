/** The resident's messages as the screens show them: live while connected, counted over HTTP when not. */
import { effect, signal } from "@preact/signals";
import { readMessages, readUnread, type Message } from "../api/messages";
import { foldInbox, KEPT, together, type Inbox } from "../live/inbox";
import { openFeed } from "./live";
import { session } from "./session";

export const inbox = signal<Inbox | null>(null);

/** This function will ask for messages over HTTP, for a phone whose live feed does not open. */
export async function refreshInbox(): Promise<void> {
  const [page, unread] = await Promise.all([readMessages(null), readUnread()]);
  const held = inbox.value;
  if (held && held.unread.version > unread.version) return;
  inbox.value = { messages: page.results.slice(0, KEPT), unread };
}

/** This function will take a message that an answer brought, before the feed says the same. */
export function learn(message: Message): void {
  const held = inbox.value;
  if (held) inbox.value = { ...held, messages: together(held.messages, [message]).slice(0, KEPT) };
}

function follow(): () => void {
  return openFeed("accounts.inbox", {
    snapshot: (snapshot) => (inbox.value = snapshot as Inbox),
    event: (event) => {
      if (inbox.value) inbox.value = foldInbox(inbox.value, event);
    },
    state: (state) => {
      if (state === "lost") void refreshInbox().catch(() => undefined);
    },
  });
}

export function watchInbox(): void {
  let close: (() => void) | null = null;
  effect(() => {
    const signedIn = session.value.kind === "in";
    if (signedIn === (close !== null)) return;
    close?.();
    close = signedIn ? follow() : null;
    if (!signedIn) inbox.value = null;
  });
}
