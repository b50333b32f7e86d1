import { expect, test } from "vitest";
import type { PublishedDraw } from "../api/premium";
import { recompute } from "./draw";

/** Round 657413 of drand's quicknet, a known answer; places by an HMAC of another hand (OpenSSL). */
const SEED = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587";
const SIGNATURE = "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b";
const LIST = "TICKET-A-1\nTICKET-B-2\nTICKET-C-3\n";

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function drawn(change: Partial<PublishedDraw> = {}): Promise<PublishedDraw> {
  const said = { rule: { units: 4 }, source: { kind: "drand" }, ticket_count: 3, tickets_sha256: await digest(LIST) };
  return {
    id: "x",
    about: "Premium",
    state: "drawn",
    source: "drand",
    draw_at: null,
    ticket_count: 3,
    tickets_sha256: said.tickets_sha256,
    statement: JSON.stringify(said),
    randomness: SEED,
    proof: SIGNATURE,
    parties: [],
    places: [
      { rank: 1, ticket: "TICKET-B-2", won: "2" },
      { rank: 2, ticket: "TICKET-A-1", won: "1" },
      { rank: 3, ticket: "TICKET-C-3", won: "1" },
    ],
    ...change,
  };
}

test("a draw that is as it was published holds", async () => {
  expect(await recompute(await drawn(), LIST)).toEqual([]);
});

test("a ticket added, removed or changed is named", async () => {
  expect(await recompute(await drawn(), `${LIST}TICKET-D-1\n`)).toEqual([
    { kind: "added", ticket: "TICKET-D-1" },
    { kind: "list" },
    { kind: "places" },
  ]);
  expect((await recompute(await drawn(), LIST.replace("TICKET-A-1\n", "")))[0]).toEqual({ kind: "gone", ticket: "TICKET-A-1" });
  expect((await recompute(await drawn(), LIST.replace("A-1", "A-3"))).slice(0, 2)).toEqual([
    { kind: "added", ticket: "TICKET-A-3" },
    { kind: "gone", ticket: "TICKET-A-1" },
  ]);
});

test("another seed, and places that the seed does not give, are found", async () => {
  const other = await drawn({ randomness: SEED.replace("fc", "fd") });
  expect((await recompute(other, LIST)).map(({ kind }) => kind)).toContain("seed");
  const swapped = await drawn();
  const [first, second, third] = swapped.places;
  const places = [{ ...second!, rank: 1 }, { ...first!, rank: 2 }, third!];
  expect(await recompute({ ...swapped, places }, LIST)).toEqual([{ kind: "places" }]);
});

test("three parties' values are held to their hashes", async () => {
  const values = ["01", "02", "03"].map((byte) => byte.repeat(32));
  const bytes = (text: string) => Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  const hash = async (text: string) => {
    const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(text)));
    return Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const parties = await Promise.all(values.map(async (value) => ({ value_sha256: await hash(value) })));
  const statement = JSON.stringify({
    rule: { prizes: ["a"] },
    source: { kind: "parties", parties },
    ticket_count: 3,
    tickets_sha256: await digest(LIST),
  });
  const said = values.map((value, at) => ({ name: `${at}`, value, is_recovered: false }));
  const made = await drawn({ statement, randomness: await hash(values.join("")), proof: "", parties: said, places: [] });
  expect((await recompute(made, LIST)).map(({ kind }) => kind)).not.toContain("value");
  const lied = said.map((party, at) => (at === 1 ? { ...party, value: "04".repeat(32) } : party));
  const kinds = (await recompute({ ...made, parties: lied }, LIST)).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(["value", "seed"]));
});
