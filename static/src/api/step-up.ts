/** When the city wants to know more surely who is asking: what it needs, and the ways there that are open to this person. */
export type WayName = "passkey" | "totp" | "code" | "card" | "counter" | "upgrade";

export interface Way {
  readonly way: WayName;
  readonly start: string;
  /** Where the person sets it up first; null when it can be used at once. */
  readonly set_up: string | null;
}

export interface Needs {
  readonly account_level: number;
  readonly authentication_level: number;
  /** Seconds; null when any age will do. */
  readonly max_age: number | null;
}

export interface StepUp {
  readonly needs: Needs;
  readonly ways: readonly Way[];
}

const NAMES: readonly string[] = ["passkey", "totp", "code", "card", "counter", "upgrade"];

function isWay(value: unknown): value is Way {
  return typeof value === "object" && value !== null && NAMES.includes(String((value as { way?: unknown }).way));
}

/** This function will read what a refusal says of stepping up, or null when it says nothing. */
export function stepUpOf(body: Readonly<Record<string, unknown>>): StepUp | null {
  const { needs, step_up: ways } = body;
  if (typeof needs !== "object" || needs === null || !Array.isArray(ways)) return null;
  return { needs: needs as Needs, ways: ways.filter(isWay) };
}

type Asker = (stepUp: StepUp) => Promise<boolean>;
let asker: Asker | null = null;

/** This function will let a screen ask the person to step up, wherever in the app the city wants it. */
export function onStepUp(ask: Asker): void {
  asker = ask;
}

/**
 * This function will do a deed; when the city wants to know more surely who is asking, the person is asked, and after they
 * have shown it the deed is done again, once. A person who would rather not leaves the refusal as it was.
 */
export async function steppedUp<T>(deed: () => Promise<T>): Promise<T> {
  try {
    return await deed();
  } catch (error) {
    const wanted = (error as { stepUp?: StepUp | null }).stepUp ?? null;
    if (wanted === null || asker === null || !(await asker(wanted))) throw error;
    return deed();
  }
}
