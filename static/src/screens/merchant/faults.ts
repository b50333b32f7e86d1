import { ProblemError } from "../../api/problems";

/** What the city found wrong, by the field in which it stands. */
export type Faults = Readonly<Record<string, string>>;

/** Where a refusal of a bank's data belongs that names no field of ours. */
const OF_CODE: Readonly<Record<string, string>> = {
  bank_unknown: "payout.bank_code",
  kana_unwritable: "payout.holder",
  place_outside_town: "details.point",
  hours_unsound: "details.hours",
};

/** This function will read what is wrong with which field; nothing for an error that is about no field. */
export function faultsOf(error: unknown): Faults {
  if (!(error instanceof ProblemError)) return {};
  const found = Object.fromEntries(error.errors.map(({ field, message }) => [field, message]));
  const place = OF_CODE[error.code];
  return place === undefined ? found : { ...found, [place]: error.title };
}

/** This function will put faults under the name by which a part of the form knows its fields. */
export const faultsUnder = (part: string, faults: Faults): Faults =>
  Object.fromEntries(Object.entries(faults).map(([field, said]) => [field.startsWith(`${part}.`) ? field : `${part}.${field}`, said]));

/** This function will tell whether a field is wrong whose name begins so. */
export const faultsIn = (faults: Faults, ...starts: readonly string[]): boolean =>
  Object.keys(faults).some((field) => starts.some((start) => field.startsWith(start)));
