/** Real addresses and the browser's own history; no library, because the app needs only this much. */
import { signal } from "@preact/signals";

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the screen before handed over; kept by the browser across a reload. */
  readonly given: Readonly<Record<string, unknown>>;
  /** How many steps this app has taken in this tab; 0 is the first page seen. */
  readonly depth: number;
}

interface Kept {
  readonly depth: number;
  readonly given: Readonly<Record<string, unknown>>;
}

function kept(): Kept {
  const state = history.state as Partial<Kept> | null;
  return { depth: state?.depth ?? 0, given: state?.given ?? {} };
}

function here(): Place {
  return { path: window.location.pathname, query: new URLSearchParams(window.location.search), ...kept() };
}

export const place = signal<Place>(here());
const scrolls = new Map<number, number>();

export interface Going {
  readonly replace?: boolean;
  readonly given?: Readonly<Record<string, unknown>>;
}

export function go(href: string, going: Going = {}): void {
  const { depth } = kept();
  scrolls.set(depth, window.scrollY);
  const state: Kept = { depth: going.replace ? depth : depth + 1, given: going.given ?? {} };
  if (going.replace) history.replaceState(state, "", href);
  else history.pushState(state, "", href);
  scrolls.delete(state.depth);
  place.value = here();
}

/** This function will go back one step, or to a sensible page when this one was opened directly. */
export function back(otherwise: string): void {
  if (kept().depth > 0) history.back();
  else go(otherwise, { replace: true });
}

/** Where the page was scrolled when the person left it, for coming back; 0 for a page entered anew. */
export const scrollBefore = (depth: number): number => scrolls.get(depth) ?? 0;

export function watchHistory(): void {
  history.scrollRestoration = "manual";
  window.addEventListener("popstate", () => {
    scrolls.set(place.value.depth, window.scrollY);
    place.value = here();
  });
}

export type Values = Readonly<Record<string, string>>;

/** This function will compare an address with a pattern such as /pay/receipts/:id and give the named parts, or null. */
export function match(pattern: string, path: string): Values | null {
  const wanted = pattern.split("/");
  const given = path.replace(/\/+$/, "").split("/");
  if (pattern === "/") return path === "/" ? {} : null;
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? "";
    if (part.startsWith(":")) values[part.slice(1)] = decodeURIComponent(actual);
    else if (part !== actual) return null;
  }
  return values;
}
