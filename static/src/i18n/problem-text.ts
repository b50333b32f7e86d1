import { NoAnswerError, ProblemError } from "../api/problems";
import { t, type TextKey } from ".";

/** Our own words for the refusals a person may meet. For any other the city's own sentence is shown. */
const WORDS: Readonly<Record<string, TextKey>> = {
  insufficient_funds: "problem.insufficient_funds",
  limit_per_payment: "problem.limit_per_payment",
  limit_per_day: "problem.limit_per_day",
  limit_balance: "problem.limit_balance",
  code_unknown: "problem.code_unknown",
  code_used: "problem.code_used",
  code_expired: "problem.code_expired",
  paying_oneself: "problem.paying_oneself",
  refund_exceeds_payment: "problem.refund_exceeds_payment",
  payment_not_voidable: "problem.payment_not_voidable",
  quote_changed: "problem.quote_changed",
  hold_not_open: "problem.hold_not_open",
  amount_required: "problem.amount_required",
  amount_fixed: "problem.amount_fixed",
  amount_invalid: "problem.amount_required",
  no_wallet: "problem.no_wallet",
  account_closed: "problem.no_wallet",
  shop_closed: "problem.shop_closed",
  shop_short: "problem.shop_short",
  capture_exceeds_hold: "problem.capture_exceeds_hold",
  currency_unsupported: "problem.currency_unsupported",
  key_spent: "problem.key_spent",
  key_reused: "problem.key_spent",
  not_signed_in: "problem.not_signed_in",
  step_up_required: "problem.step_up_required",
  not_allowed: "problem.not_allowed",
  not_found: "problem.not_found",
  invalid_body: "problem.invalid",
  out_of_scope: "problem.out_of_scope",
  not_delegate: "problem.not_delegate",
  guardian_decides: "problem.guardian_decides",
  not_for_delegates: "problem.not_for_delegates",
};

/** This function will write a wait as a person says it: seconds up to ninety, then minutes, rounded up. */
export function waitText(seconds: number): string {
  if (seconds <= 90) return t("wait.seconds", { count: seconds });
  return t("wait.minutes", { count: Math.ceil(seconds / 60) });
}

/** This function will say what went wrong and what to do, for any error the app can meet. */
export function problemText(error: unknown): string {
  if (error instanceof NoAnswerError) return t("problem.no_answer");
  if (!(error instanceof ProblemError)) return t("problem.unknown");
  if (error.status === 429) {
    const wait = error.retryAfterSeconds;
    return wait === null ? t("problem.too_many") : t("problem.too_many_wait", { wait: waitText(wait) });
  }
  const key = WORDS[error.code];
  if (key) return t(key);
  return error.detail || error.title || error.errors[0]?.message || t("problem.unknown");
}
