const FIRST_MS = 500;
const LAST_MS = 30_000;

/** This function will say how long to wait before the next try: doubling up to half a minute, spread so that phones do not all return at once. */
export function backoffMs(tries: number, random: number): number {
  const full = Math.min(LAST_MS, FIRST_MS * 2 ** Math.min(tries, 10));
  return Math.round(full / 2 + (full / 2) * random);
}
