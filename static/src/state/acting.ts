/** Acting for somebody of the family: beginning, ending, and what may be done meanwhile. */
import { signal } from "@preact/signals";
import { acting, type Acting } from "../api/acting";
import { onNotDelegate } from "../api/http";

export { acting, type Acting } from "../api/acting";

/** The name of whom one acted for until their mandate ended, to say so once. */
export const actingLost = signal<string | null>(null);

export function actFor(other: Acting): void {
  actingLost.value = null;
  acting.value = other;
}

export function beMyself(): void {
  acting.value = null;
}

/** Whether a service is open to the person now: as themself always, for another within the mandate. */
export const mayUse = (scope: string): boolean => acting.value === null || acting.value.scopes.includes(scope);

/** This function will fall back to oneself when the city says that the mandate is over; `home` leads away from the other's pages. */
export function watchActing(home: () => void): void {
  onNotDelegate((person) => {
    const now = acting.peek();
    if (now?.person !== person) return;
    actingLost.value = now.name;
    acting.value = null;
    home();
  });
}
