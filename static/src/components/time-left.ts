/** This function will give the whole seconds left until an instant, never below zero. */
export function secondsLeft(until: string | Date, now: Date): number {
  const end = typeof until === "string" ? Date.parse(until) : until.getTime();
  return Math.max(0, Math.ceil((end - now.getTime()) / 1000));
}

/** This function will write seconds as a clock does: 4:05. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** This function will give how much of a span is left, from 1 down to 0. */
export function shareLeft(seconds: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, seconds / whole));
}
