/** How somebody goes, as one choice and as a line of words. */
import type { ComponentChildren } from "preact";
import type { LineKind, Pace, Walking } from "../../api/journeys";
import { t, tx, type TextKey } from "../../i18n";
import type { Going } from "../../offline/going";
import { dotted } from "./words";

/** What a person calls their way of walking: how they walk and how fast, in one word. */
export const GAITS = ["usual", "slow", "wheelchair", "step_free", "gentle"] as const;
export type Gait = (typeof GAITS)[number];

export const GAIT_WORDS: Readonly<Record<Gait, TextKey>> = {
  usual: "options.usual",
  slow: "options.slow",
  wheelchair: "options.wheelchair",
  step_free: "options.step_free",
  gentle: "options.gentle",
};

export const KINDS: readonly LineKind[] = ["bus", "rail", "tram", "subway", "monorail", "ferry", "cable", "other"];

export const WALKS = [5, 10, 15, 20, 30, 45] as const;

const OF: Readonly<Record<Gait, { readonly walk: Walking; readonly pace: Pace }>> = {
  usual: { walk: "walk", pace: "usual" },
  slow: { walk: "walk", pace: "slow" },
  wheelchair: { walk: "wheelchair", pace: "usual" },
  step_free: { walk: "step_free", pace: "usual" },
  gentle: { walk: "gentle", pace: "usual" },
};

export const ofGait = (gait: Gait): { readonly walk: Walking; readonly pace: Pace } => OF[gait];
export const gaitOf = ({ walk, pace }: Pick<Going, "walk" | "pace">): Gait => (walk === "walk" ? (pace === "slow" ? "slow" : "usual") : walk);

export const isChild = ({ rider }: Pick<Going, "rider">): boolean => rider === "child" || rider === "child_disability";
export const hasDisability = ({ rider }: Pick<Going, "rider">): boolean => rider === "disability" || rider === "child_disability";

/** This function will name the rider whose fare is asked for. */
export function riderOf(child: boolean, disability: boolean): Going["rider"] {
  if (child) return disability ? "child_disability" : "child";
  return disability ? "disability" : "adult";
}

/** This function will say in one line what is chosen. */
export function optionsText(going: Going): ComponentChildren {
  const words: ComponentChildren[] = [tx(GAIT_WORDS[gaitOf(going)]), tx("options.up_to", { count: going.mostWalkMinutes })];
  if (going.own.includes("taxi")) words.push(tx("options.taxi"));
  if (going.own.includes("bicycle")) words.push(tx("options.bicycle"));
  if (going.hasBicycle) words.push(tx("options.carry"));
  words.push(...going.without.map((kind) => tx("options.not_by", { name: t(`way.by_${kind}`) })));
  if (isChild(going)) words.push(tx("options.child"));
  if (hasDisability(going)) words.push(tx("options.disability"));
  words.push(...going.avoided.map(({ name }) => tx("options.avoid_line", { name })));
  words.push(...going.preferred.map(({ name }) => tx("options.prefer_line", { name })));
  return dotted(words);
}
