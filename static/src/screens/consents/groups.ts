/** Yeses as a person thinks of them: to whom, for what, and how it stands now. */
import type { Consent, ConsentState, Recipient } from "../../api/consents";

/** Everything one said to one agreement. `now` holds, for each class, the newest yes; `state` is that of the whole. */
export interface Matter {
  readonly agreement: string;
  readonly title: string;
  readonly recipient: Recipient;
  readonly state: ConsentState;
  readonly now: readonly Consent[];
  readonly all: readonly Consent[];
}

export interface ByRecipient {
  readonly recipient: Recipient;
  readonly matters: readonly Matter[];
}

/** What matters most comes first: what stands, what waits for an answer, what is over. */
const ORDER: readonly ConsentState[] = ["standing", "left_behind", "ended", "withdrawn"];

/** This function will gather yeses, newest first, under their agreement. */
export function matterOf(consents: readonly Consent[]): Matter | null {
  const [newest] = consents;
  if (!newest) return null;
  const latest = new Map<string, Consent>();
  for (const consent of consents) if (!latest.has(consent.data_class.name)) latest.set(consent.data_class.name, consent);
  const now = [...latest.values()];
  return {
    agreement: newest.agreement_id,
    title: newest.title,
    recipient: newest.recipient,
    state: ORDER.find((state) => now.some((each) => each.state === state)) ?? newest.state,
    now,
    all: consents,
  };
}

function grouped<T>(things: readonly T[], by: (thing: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(by(thing));
    if (group) group.push(thing);
    else groups.set(by(thing), [thing]);
  }
  return groups;
}

/** This function will lay out yeses, newest first, by recipient and agreement, in the order in which they were met. */
export function byRecipient(consents: readonly Consent[]): readonly ByRecipient[] {
  const agreements = grouped(consents, (each) => each.agreement_id);
  const matters = [...agreements.values()].flatMap((each) => matterOf(each) ?? []);
  const recipients = grouped(matters, (each) => each.recipient.id);
  return [...recipients.values()].flatMap((each) => (each[0] ? [{ recipient: each[0].recipient, matters: each }] : []));
}

/** The classes to which a yes holds or waits: what a withdrawal ends. */
export const open = (matter: Matter): readonly Consent[] =>
  matter.now.filter(({ state }) => state === "standing" || state === "left_behind");
