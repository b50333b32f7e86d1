/**
 * One deed with money at the till: pressed, sent, and known. When the answer is lost the same deed is asked about, with its
 * own key, until the city has said how it ended; nothing else is sent meanwhile.
 */
import { NoAnswerError } from "../../api/problems";

export type Deed<T> =
  | { readonly kind: "ready" }
  | { readonly kind: "sending" }
  | { readonly kind: "checking" }
  /** The session ran out before the outcome was known; it will be found out after signing in. */
  | { readonly kind: "stranger" }
  | { readonly kind: "done"; readonly answer: T }
  | { readonly kind: "refused"; readonly error: unknown };

export interface DeedWorld<T> {
  /** True while an earlier press has left the phone and its outcome is unknown. */
  unresolved(): boolean;
  again(): Promise<T>;
  later(deed: () => void, ms: number): () => void;
}

const FIRST_MS = 1_000;
const LAST_MS = 8_000;

export class DeedRun<T> {
  private kind: Deed<T>["kind"] = "ready";
  private tries = 0;
  private cancel: (() => void) | null = null;
  private over = false;

  constructor(
    private readonly world: DeedWorld<T>,
    private readonly tell: (deed: Deed<T>) => void,
  ) {}

  /** This function will take up a deed whose outcome is still unknown, such as after a reload. */
  resume(): void {
    if (this.kind === "ready" && this.world.unresolved()) this.check();
  }

  /** This function will do the deed; a second press while the first is on its way, or after it is done, does nothing. */
  press(send: () => Promise<T>): void {
    if (this.kind !== "ready" && this.kind !== "refused") return;
    if (this.world.unresolved()) return this.check();
    this.set({ kind: "sending" });
    this.follow(send());
  }

  /** This function will ask at once, because a person wants to know or the network came back. */
  check(): void {
    if (this.kind === "sending" || this.kind === "done") return;
    if (this.kind === "checking" && this.cancel === null) return;
    this.cancel?.();
    this.cancel = null;
    this.set({ kind: "checking" });
    this.follow(this.world.again());
  }

  /** This function will make a refused deed ready for another try, such as with another code. */
  renew(): void {
    if (this.kind === "refused") this.set({ kind: "ready" });
  }

  /** This function will stop asking, because the screen was left. An answer on its way is still told. */
  stop(): void {
    this.over = true;
    this.cancel?.();
  }

  private follow(outcome: Promise<T>): void {
    outcome.then(
      (answer) => this.set({ kind: "done", answer }),
      (error: unknown) => this.fail(error),
    );
  }

  private fail(error: unknown): void {
    if (!(error instanceof NoAnswerError)) {
      return this.set(this.world.unresolved() ? { kind: "stranger" } : { kind: "refused", error });
    }
    this.set({ kind: "checking" });
    if (this.over) return;
    const wait = Math.min(LAST_MS, FIRST_MS * 2 ** this.tries);
    this.tries += 1;
    this.cancel = this.world.later(() => {
      this.cancel = null;
      this.follow(this.world.again());
    }, wait);
  }

  private set(deed: Deed<T>): void {
    this.kind = deed.kind;
    this.tell(deed);
  }
}
