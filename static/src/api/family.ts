import { ask } from "./http";

const ACCOUNTS = "/api/v1/accounts";
const JSON_OWN = { own: true } as const;

export type MandateRole = "parent" | "guardian" | "care_manager" | "family";

/** Who has to protect the other: they also see who looked at the other's data. */
export const protects = (role: MandateRole): boolean => role === "parent" || role === "guardian";

export interface Mandate {
  readonly id: string;
  /** Null on an invitation that nobody has taken up. */
  readonly person: string | null;
  readonly name: string;
  readonly role: MandateRole;
  readonly scopes: readonly string[];
  readonly starts_at: string;
  readonly ends_at: string | null;
  /** Until when an invitation can be taken up. */
  readonly open_until: string | null;
  readonly state: "standing" | "invited";
}

export interface Scope {
  readonly name: string;
  readonly words: string;
}

export interface Family {
  readonly i_act_for: readonly Mandate[];
  readonly act_for_me: readonly Mandate[];
  readonly scopes: readonly Scope[];
}

export interface Invited {
  readonly id: string;
  /** Shown once, to the one who invites. */
  readonly token: string;
  readonly ends_at: string;
}

/** One's own family, also while one acts for somebody of it. */
export const readFamily = (): Promise<Family> => ask("GET", `${ACCOUNTS}/family`, JSON_OWN);
export const invite = (scopes: readonly string[], endsAt: string | null): Promise<Invited> =>
  ask("POST", `${ACCOUNTS}/family/invitations`, { ...JSON_OWN, body: { scopes, ends_at: endsAt } });
/** What an invitation asks for, to be read before it is taken up. */
export interface Invitation {
  readonly name: string;
  readonly role: MandateRole;
  readonly scopes: readonly Scope[];
  readonly ends_at: string | null;
  readonly open_until: string;
}

export const lookAt = (token: string): Promise<Invitation> =>
  ask("POST", `${ACCOUNTS}/family/invitations/looked`, { ...JSON_OWN, body: { token } });
export const takeUp = (token: string): Promise<{ id: string }> =>
  ask("POST", `${ACCOUNTS}/family/invitations/taken`, { ...JSON_OWN, body: { token } });
export const endMandate = (id: string): Promise<void> =>
  ask("POST", `${ACCOUNTS}/mandates/${id}/end`, { ...JSON_OWN, body: {} });
