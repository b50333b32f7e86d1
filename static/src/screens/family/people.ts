/** Mandates as a person thinks of them: by whom they concern. */
import type { Mandate, MandateRole, Scope } from "../../api/family";
import { t, type TextKey } from "../../i18n";

export interface Other {
  readonly person: string;
  readonly name: string;
  readonly mandates: readonly Mandate[];
  readonly scopes: readonly string[];
}

/** This function will gather the mandates by which one acts under the people for whom one does, each person once. */
export function people(mandates: readonly Mandate[]): readonly Other[] {
  const found = new Map<string, Other>();
  for (const mandate of mandates) {
    if (mandate.person === null) continue;
    const before = found.get(mandate.person);
    found.set(mandate.person, {
      person: mandate.person,
      name: before?.name || mandate.name,
      mandates: [...(before?.mandates ?? []), mandate],
      scopes: [...new Set([...(before?.scopes ?? []), ...mandate.scopes])],
    });
  }
  return [...found.values()];
}

const ROLES: Readonly<Record<MandateRole, TextKey>> = {
  parent: "family.role_parent",
  guardian: "family.role_guardian",
  care_manager: "family.role_care",
  family: "family.role_family",
};

export const roleText = (role: MandateRole): string => t(ROLES[role]);

/** A mandate ends as a day begins: the day until which it holds is that of the moment before. */
export const lastMoment = (endsAt: string): Date => new Date(Date.parse(endsAt) - 1);

/** A person does not end a parent's or a guardian's right; the office does, on evidence. */
export const endsHere = (mandate: Mandate): boolean => mandate.role !== "parent" && mandate.role !== "guardian";

/** This function will say services in the reader's words, with what joins a list in their language. */
export function scopeText(names: readonly string[], known: readonly Scope[]): string {
  return names.map((name) => known.find((each) => each.name === name)?.words ?? name).join(t("list.and"));
}

/** This function will find the token of an invitation in a link, in a code, or in letters that somebody typed. */
export function tokenIn(text: string): string | null {
  const hash = text.indexOf("#");
  const token = (hash < 0 ? text : text.slice(hash + 1)).replace(/\s+/g, "");
  return /^[A-Za-z0-9_-]{16,64}$/.test(token) ? token : null;
}

const HELD = "machi.invitation";

/** An invitation opened before signing in waits in this tab until the person is known; it leaves the address at once. */
export function takeFromAddress(): string | null {
  const token = tokenIn(window.location.hash);
  if (window.location.hash !== "") {
    if (token !== null) sessionStorage.setItem(HELD, token);
    history.replaceState(history.state, "", window.location.pathname);
  }
  return sessionStorage.getItem(HELD);
}

export const dropInvitation = (): void => sessionStorage.removeItem(HELD);
