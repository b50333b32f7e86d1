/**
 * One intention of a person, one key. A double tap, a retry after silence and a reload all send the same
 * Idempotency-Key, so the city does the thing once and gives every one of them the same answer.
 */
import { whose } from "./acting";
import { ask } from "./http";
import { NoAnswerError, ProblemError } from "./problems";

export interface Intent {
  readonly name: string;
  readonly path: string;
  readonly body: unknown;
  readonly key: string;
  /** True from the moment it may have left the phone until the city's answer is known. */
  readonly sent: boolean;
}

/** Where intentions outlive a reload. The browser forgets it with the tab, which is as long as a person waits. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "machi.intent.";

/** What is meant for another stands under that person's name, so that it is never taken for one's own, nor the other way round. */
const named = (name: string, person: string | null = whose()): string => (person === null ? name : `${person}.${name}`);

/** Refusals that say who may ask, and so nothing about what became of an earlier try. */
const ABOUT_ASKING = new Set(["not_delegate", "out_of_scope"]);

export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // Outside https or localhost there is no randomUUID; 122 random bits are made by hand.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Intents {
  private readonly underway = new Map<string, Promise<unknown>>();

  constructor(private readonly shelf: Shelf) {}

  private read(name: string): Intent | null {
    const raw = this.shelf.getItem(PREFIX + name);
    if (raw === null) return null;
    try {
      return JSON.parse(raw) as Intent;
    } catch {
      return null;
    }
  }

  private write(intent: Intent): void {
    this.shelf.setItem(PREFIX + intent.name, JSON.stringify(intent));
  }

  /** The intention under this name whose outcome is not known yet, or null. */
  unresolved(name: string, person: string | null = whose()): Intent | null {
    const intent = this.read(named(name, person));
    return intent?.sent ? intent : null;
  }

  /**
   * This function will send an intention and return the city's answer. While one under the same name is unresolved,
   * that one is sent again, whatever is asked now: first the truth about the old, then the new.
   * :raises NoAnswerError: the outcome is unknown; call `again` until it is.
   * :raises ProblemError: the city refused; nothing happened.
   */
  send<T>(name: string, path: string, body: unknown): Promise<T> {
    const running = this.underway.get(named(name));
    if (running) return running as Promise<T>;
    const doubtful = this.unresolved(name);
    return this.deliver<T>(doubtful ?? { name: named(name), path, body, key: newKey(), sent: true }, doubtful !== null);
  }

  /** This function will send an unresolved intention once more with its own key and body. */
  again<T>(name: string): Promise<T> {
    const running = this.underway.get(named(name));
    if (running) return running as Promise<T>;
    const intent = this.unresolved(name);
    if (!intent) return Promise.reject(new Error(`nothing is unresolved under ${name}`));
    return this.deliver<T>(intent, true);
  }

  /** `doubtful`: an earlier try may have been carried out, so "who are you?" says nothing about its outcome. */
  private deliver<T>(intent: Intent, doubtful: boolean): Promise<T> {
    this.write(intent);
    const delivery = ask<T>("POST", intent.path, { body: intent.body, key: intent.key }).then(
      (answer) => {
        this.drop(intent);
        return answer;
      },
      (error: unknown) => {
        const aboutAsking = error instanceof ProblemError && (error.status === 401 || ABOUT_ASKING.has(error.code));
        const known = error instanceof ProblemError && error.final && !(doubtful && aboutAsking);
        if (known) this.drop(intent);
        throw error instanceof ProblemError && !error.final ? new NoAnswerError(error) : error;
      },
    );
    const tracked = delivery.finally(() => this.underway.delete(intent.name));
    this.underway.set(intent.name, tracked);
    return tracked;
  }

  forget(name: string): void {
    this.shelf.removeItem(PREFIX + named(name));
  }

  private drop(intent: Intent): void {
    this.shelf.removeItem(PREFIX + intent.name);
  }
}

export const intents = new Intents(window.sessionStorage);
