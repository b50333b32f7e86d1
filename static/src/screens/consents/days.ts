import { t } from "../../i18n";

/** This function will say a number of days as a person does: whole years as years. */
export function daysText(days: number): string {
  if (days === 365) return t("days.one_year");
  return days > 0 && days % 365 === 0 ? t("days.years", { count: days / 365 }) : t("days.days", { count: days });
}

/** How long the recipient keeps what it read. */
export const keepsText = (days: number): string => (days === 0 ? t("days.at_once") : daysText(days));

/** How long a yes lasts; null until it is taken back. */
export const lastsText = (days: number | null): string => (days === null ? t("days.until_withdrawn") : daysText(days));
