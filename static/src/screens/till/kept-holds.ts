/** The holds this device made: the city tells one hold by its id, so the till keeps the ids until they are closed. */
import type { Hold } from "../../api/types";

/** A closed or long expired hold is of no more use at the till. */
const KEPT_AFTER_END_MS = 24 * 3_600_000;
const MOST = 100;

type Shelf = Pick<Storage, "getItem" | "setItem">;

const keyOf = (shop: string): string => `machi.till.holds.${shop}`;

export class KeptHolds {
  constructor(private readonly shelf: Shelf) {}

  /** This function will list the open holds of a shop made on this device, the newest first. */
  open(shop: string, now: Date): readonly Hold[] {
    return this.read(shop).filter((hold) => Date.parse(hold.expires_at) + KEPT_AFTER_END_MS > now.getTime());
  }

  find(shop: string, id: string): Hold | null {
    return this.read(shop).find((hold) => hold.id === id) ?? null;
  }

  /** This function will keep a hold while it is open, and forget it when it is closed. */
  keep(shop: string, hold: Hold): void {
    const others = this.read(shop).filter((each) => each.id !== hold.id);
    this.write(shop, hold.status === "held" ? [hold, ...others] : others);
  }

  forget(shop: string, id: string): void {
    this.write(shop, this.read(shop).filter((each) => each.id !== id));
  }

  private read(shop: string): readonly Hold[] {
    try {
      const found: unknown = JSON.parse(this.shelf.getItem(keyOf(shop)) ?? "[]");
      return Array.isArray(found) ? (found as Hold[]) : [];
    } catch {
      return [];
    }
  }

  private write(shop: string, holds: readonly Hold[]): void {
    this.shelf.setItem(keyOf(shop), JSON.stringify(holds.slice(0, MOST)));
  }
}

export const keptHolds = new KeptHolds(window.localStorage);

export const holdIsOver = (hold: Hold, now: Date): boolean => Date.parse(hold.expires_at) <= now.getTime();
