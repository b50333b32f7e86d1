/** Whether the city can be reached, and since when not. Learned from every exchange, not from the browser's guess alone. */
import { signal } from "@preact/signals";
import { onReach } from "../api/http";

const PROBE_MS = 5_000;

/** When the city last answered, kept across a reload, so that "since when" stays true. */
const REACHED = "machi.reached";

export const offlineSince = signal<Date | null>(null);
const backCalls = new Set<() => void>();
let probe: ReturnType<typeof setInterval> | null = null;

/** This function will call back each time the city can be reached again, or the phone wakes up. */
export function onBack(call: () => void): () => void {
  backCalls.add(call);
  return () => backCalls.delete(call);
}

function back(): void {
  for (const call of backCalls) call();
}

function reached(): void {
  localStorage.setItem(REACHED, new Date().toISOString());
  if (probe !== null) clearInterval(probe);
  probe = null;
  if (offlineSince.value === null) return;
  offlineSince.value = null;
  back();
}

function lost(): void {
  offlineSince.value ??= new Date(localStorage.getItem(REACHED) ?? Date.now());
  probe ??= setInterval(() => void knock(), PROBE_MS);
}

/** One silent exchange may have been a single slow page; only a knock that also fails means out of reach. */
async function knock(): Promise<void> {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(4_000) });
    if (answer.ok) reached();
    else lost();
  } catch {
    lost();
  }
}

export function watchNetwork(): void {
  onReach((yes) => (yes ? reached() : void knock()));
  window.addEventListener("offline", lost);
  window.addEventListener("online", () => void knock());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && offlineSince.value === null) back();
  });
}
