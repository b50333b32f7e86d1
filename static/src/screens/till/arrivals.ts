/**
 * Payments heard from the feed, told to the shop once each. A screen that waits for one of them takes it as its own, so that
 * one payment is never announced twice: once as "your charge was paid" and once as "somebody paid".
 */
import type { Receipt } from "../../api/types";

/** An older payment that appears after a gap is history, not news. */
const NEWS_MS = 120_000;

export interface ArrivalsWorld {
  now(): number;
  /** Tell the shop about a payment nobody was waiting for. */
  announce(receipt: Receipt): void;
}

export class Arrivals {
  private readonly told = new Set<string>();
  private waiting: readonly Receipt[] = [];
  private held = 0;

  constructor(private readonly world: ArrivalsWorld) {}

  /** This function will take in a payment that was not known before. */
  heard(receipt: Receipt): void {
    if (this.told.has(receipt.id) || this.world.now() - Date.parse(receipt.paid_at) > NEWS_MS) return;
    this.told.add(receipt.id);
    if (this.held > 0) this.waiting = [...this.waiting, receipt];
    else this.world.announce(receipt);
  }

  /** This function will keep announcements back while an outcome is awaited; call the returned function to let them go. */
  hold(): () => void {
    this.held += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.held -= 1;
      if (this.held === 0) this.letGo(() => true);
    };
  }

  /** Those kept back at this moment. */
  pending(): readonly Receipt[] {
    return this.waiting;
  }

  /** This function will announce those kept back that cannot be what is awaited. */
  letGo(which: (receipt: Receipt) => boolean): void {
    const free = this.waiting.filter(which);
    this.waiting = this.waiting.filter((receipt) => !which(receipt));
    for (const receipt of free) this.world.announce(receipt);
  }

  /** This function will take a payment as this till's own, heard already or coming soon: the screen that made it tells of it. */
  own(id: string): void {
    this.told.add(id);
    this.waiting = this.waiting.filter((receipt) => receipt.id !== id);
  }
}
