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
