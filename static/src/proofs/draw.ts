/** A draw recomputed on this phone, by nothing but what was published and the browser's own SHA-256 and HMAC. */
import type { Place, PublishedDraw } from "../api/premium";
import { fromHex, same, type Bytes } from "./merkle";

/** What is not as it was published; a ticket where one can be named. */
export type Fault =
  | { readonly kind: "list" | "seed" | "value" | "places" }
  | { readonly kind: "added" | "gone"; readonly ticket: string };

interface Statement {
  readonly rule: { readonly prizes?: readonly string[]; readonly units?: number };
  readonly source: { readonly kind: string; readonly parties?: readonly { readonly value_sha256: string }[] };
  readonly ticket_count: number;
  readonly tickets_sha256: string;
}

const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const hex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bySigns = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** This function will list everything that does not fit; an empty list is the proof. */
export async function recompute(draw: PublishedDraw, listed: string): Promise<readonly Fault[]> {
  const said = JSON.parse(draw.statement ?? "null") as Statement;
  const tickets = listed.split("\n").filter(Boolean);
  const published = new Set(draw.places.map(({ ticket }) => ticket));
  const here = new Set(tickets);
  const faults: Fault[] = [
    ...tickets.filter((ticket) => !published.has(ticket)).map((ticket) => ({ kind: "added", ticket }) as const),
    ...[...published].filter((ticket) => !here.has(ticket)).map((ticket) => ({ kind: "gone", ticket }) as const),
  ];
  const lines = [...tickets].sort(bySigns).map((ticket) => `${ticket}\n`);
  if (hex(await sha256(bytesOf(lines.join("")))) !== said.tickets_sha256 || tickets.length !== said.ticket_count) {
    faults.push({ kind: "list" });
  }
  const seed = fromHex(draw.randomness ?? "");
  if (!(await valuesFit(draw, said))) faults.push({ kind: "value" });
  if (!same(await sha256(proofOf(draw, said)), seed)) faults.push({ kind: "seed" });
  const places = await placesBy(seed, tickets, said.rule);
  const fits = places.length === draw.places.length && places.every((place, at) => alike(place, draw.places[at]));
  return fits ? faults : [...faults, { kind: "places" }];
}

async function valuesFit(draw: PublishedDraw, said: Statement): Promise<boolean> {
  const fixed = said.source.parties ?? [];
  const found = await Promise.all(draw.parties.map(async ({ value }) => hex(await sha256(fromHex(value)))));
  return found.length === fixed.length && found.every((digest, at) => digest === fixed[at]?.value_sha256);
}

function proofOf(draw: PublishedDraw, said: Statement): Bytes {
  if (said.source.kind === "parties") return fromHex(draw.parties.map(({ value }) => value).join(""));
  return said.source.kind === "drand" ? fromHex(draw.proof ?? "") : bytesOf(draw.proof ?? "");
}

/** This function will put tickets in order: by ascending HMAC-SHA256 under the seed. */
export async function placesBy(seed: Bytes, tickets: readonly string[], rule: Statement["rule"]): Promise<readonly Place[]> {
  const key = await crypto.subtle.importKey("raw", seed, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const marked = await Promise.all(
    tickets.map(async (ticket) => ({ ticket, mark: hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(ticket)))) })),
  );
  marked.sort((one, other) => bySigns(one.mark, other.mark) || bySigns(one.ticket, other.ticket));
  let left = rule.units ?? 0;
  return marked.map(({ ticket }, at) => {
    if (rule.prizes) return { rank: at + 1, ticket, won: rule.prizes[at] ?? null };
    const got = Math.min(left, Number(ticket.slice(ticket.lastIndexOf("-") + 1)));
    left -= got;
    return { rank: at + 1, ticket, won: got > 0 ? String(got) : null };
  });
}

const alike = (one: Place, other: Place | undefined): boolean =>
  other !== undefined && one.rank === other.rank && one.ticket === other.ticket && one.won === other.won;
