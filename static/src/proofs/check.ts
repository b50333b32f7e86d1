/**
 * Whether an entry of the log of who looked is what the city signed, found out on this phone: the shown words fit the text that was sealed,
 * the text stands in the tree, the tree's head bears the city's signature, and the tree only grew since this phone last saw it.
 */
import type { Looked, Proof, PublicKey } from "../api/types";
import { checkSignature, readHead } from "./head";
import type { KnownHead } from "./head-memory";
import { fromHex, leafHash, provesGrowth, provesInclusion } from "./merkle";

export type Step = "shown" | "place" | "signature" | "growth";
/** `first`: this phone has seen no head before. `unable`: this browser lacks what it takes. */
export type Outcome = "holds" | "broken" | "unable" | "first";
export interface Checked {
  readonly steps: Readonly<Record<Step, Outcome>>;
  readonly verdict: "holds" | "broken" | "partly";
  /** What to remember, once nothing is broken. */
  readonly head: KnownHead | null;
}

/** Browsers give cryptography only to pages that came over a safe connection. */
export const canCheck = (): boolean => typeof crypto !== "undefined" && crypto.subtle !== undefined;

const holdsIf = (condition: boolean): Outcome => (condition ? "holds" : "broken");
const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left ?? null) === JSON.stringify(right ?? null);

/** This function will hold what is shown against the text that was sealed; `me` is the id of the person whose log it is. */
export function showsTheText(looked: Looked, canonical: string, me: string): boolean {
  try {
    const said = JSON.parse(canonical) as Record<string, unknown>;
    return (
      said.id === looked.id &&
      said.subject === me &&
      (said.actor === me) === (looked.who.kind === "self") &&
      Date.parse(String(said.recorded_at)) === Date.parse(looked.at) &&
      said.purpose === looked.purpose.code &&
      said.ground === looked.ground &&
      said.reason === looked.reason &&
      said.again === looked.again &&
      isSame(said.classes, looked.classes.map(({ code }) => code)) &&
      isSame(said.grants, looked.grants) &&
      isSame(said.recipient, looked.recipient)
    );
  } catch {
    return false;
  }
}

async function growth(proof: Proof, size: number, root: string, known: KnownHead | null): Promise<Outcome> {
  if (known === null) return "first";
  if (proof.since !== known.size || proof.consistency === null) return "broken";
  const before = { size: known.size, root: fromHex(known.root) };
  return holdsIf(await provesGrowth(before, { size, root: fromHex(root) }, proof.consistency.map(fromHex)));
}

/** This function will check one entry; whatever is not as it must be is `broken`, never an error. */
export async function check(
  looked: Looked,
  proof: Proof,
  keys: readonly PublicKey[],
  { me, known }: { readonly me: string; readonly known: KnownHead | null },
): Promise<Checked> {
  const steps: Record<Step, Outcome> = { shown: "broken", place: "broken", signature: "broken", growth: "broken" };
  const head = readHead(proof.head);
  try {
    steps.shown = holdsIf(showsTheText(looked, proof.canonical, me));
    if (head !== null && head.size === proof.size) {
      const leaf = await leafHash(proof.canonical);
      steps.place = holdsIf(await provesInclusion(leaf, proof.index, proof.size, proof.path.map(fromHex), fromHex(head.root)));
      const signature = await checkSignature(proof.head, keys);
      steps.signature = signature === "unknown" ? "unable" : signature;
      steps.growth = await growth(proof, head.size, head.root, known);
    }
  } catch {
    // What cannot even be read stays broken.
  }
  const outcomes = Object.values(steps);
  const verdict = outcomes.includes("broken") ? "broken" : outcomes.includes("unable") ? "partly" : "holds";
  return { steps, verdict, head: verdict === "broken" || head === null ? null : { size: head.size, root: head.root } };
}
