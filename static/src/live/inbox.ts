/** What the feed of messages says, folded into what the screens show. Pure: old state + event = new state. */
import type { Message, Unread } from "../api/messages";
import type { FeedEvent } from "./feed";

/** A snapshot carries this many messages, so that many is also what events may leave. */
export const KEPT = 20;

export interface Inbox {
  readonly messages: readonly Message[];
  readonly unread: Unread;
}

export function newestFirst(left: Message, right: Message): number {
  const byTime = Date.parse(right.at) - Date.parse(left.at);
  if (byTime !== 0) return byTime;
  return left.id < right.id ? 1 : left.id > right.id ? -1 : 0;
}

/** This function will put messages together, each once, the one that knows more in place of the other; newest first. */
export function together(held: readonly Message[], more: readonly Message[]): readonly Message[] {
  const byId = new Map(held.map((each) => [each.id, each]));
  for (const each of more) {
    const known = byId.get(each.id);
    if (!known || each.version > known.version) byId.set(each.id, each);
  }
  return [...byId.values()].sort(newestFirst);
}

/** This function will fold one event into what a reader sees; an older or repeated event changes nothing. */
export function foldInbox(old: Inbox, event: FeedEvent): Inbox {
  if (event.type === "message.changed") {
    const { message } = event.data as { message: Message };
    const held = old.messages.find((each) => each.id === message.id);
    if (held && held.version >= message.version) return old;
    return { ...old, messages: together(old.messages, [message]).slice(0, KEPT) };
  }
  if (event.type === "unread.changed") {
    const { unread } = event.data as { unread: Unread };
    return unread.version > old.unread.version ? { ...old, unread } : old;
  }
  return old;
}
