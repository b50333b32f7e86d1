/** What the person at the till reads when the city refuses, and what would help next. */
import type { ComponentChildren } from "preact";
import { ProblemError } from "../../api/problems";
import { language, t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";

/** The payer's own words would be wrong here: it is the customer's balance, and the shop that can do something. */
const WORDS: Readonly<Record<string, TextKey>> = {
  insufficient_funds: "till.no_funds",
  limit_per_payment: "till.over_payment",
  limit_per_day: "till.over_day",
  limit_balance: "till.over_balance",
  code_unknown: "till.code_unknown",
  code_used: "till.code_used",
  code_expired: "till.code_expired",
  paying_oneself: "till.oneself",
  shop_short: "till.shop_short",
  capture_exceeds_hold: "till.over_hold",
  refund_needs_manager: "ceiling.needs_manager",
};

export type NextStep = "scan" | "amount" | "sign_in" | "none";

const STEPS: Readonly<Record<string, NextStep>> = {
  code_unknown: "scan",
  code_used: "scan",
  code_expired: "scan",
  quote_changed: "scan",
  paying_oneself: "scan",
  insufficient_funds: "amount",
  limit_per_payment: "amount",
  limit_per_day: "amount",
  limit_balance: "amount",
  refund_exceeds_payment: "amount",
  refund_needs_manager: "amount",
  capture_exceeds_hold: "amount",
  amount_invalid: "amount",
  not_signed_in: "sign_in",
};

const codeOf = (error: unknown): string => (error instanceof ProblemError ? error.code : "");

/** The city knows why a code is none of ours; only easy Japanese has to do without. */
function explained(error: unknown): string {
  const known = error instanceof ProblemError && error.code === "code_unknown" && language.peek() !== "ja-easy";
  return known ? error.detail : "";
}

export function refusalText(error: unknown): string {
  const key = WORDS[codeOf(error)];
  return key ? explained(error) || t(key) : problemText(error);
}

/** This function will say the same for the screen, with readings above the words. */
export function refusalWords(error: unknown): ComponentChildren {
  const key = WORDS[codeOf(error)];
  return key ? explained(error) || tx(key) : problemText(error);
}

export const nextStep = (error: unknown): NextStep => STEPS[codeOf(error)] ?? "none";
