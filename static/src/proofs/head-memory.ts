/** The newest head that this phone has checked: what the city once showed it, the city must stand by for ever. */
export interface KnownHead {
  readonly size: number;
  readonly root: string;
}

const KEY = "machi.log-head";

export function knownHead(): KnownHead | null {
  try {
    const held = JSON.parse(localStorage.getItem(KEY) ?? "null") as Partial<KnownHead> | null;
    if (held === null || !Number.isSafeInteger(held.size) || typeof held.root !== "string") return null;
    return { size: held.size as number, root: held.root };
  } catch {
    return null;
  }
}

/** It belongs to the city and not to a person, so signing out leaves it. */
export function keepHead(head: KnownHead): void {
  const held = knownHead();
  if (held === null || held.size <= head.size) localStorage.setItem(KEY, JSON.stringify({ size: head.size, root: head.root }));
}
