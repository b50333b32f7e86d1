/** Typing an amount of whole yen: what the pad and the keyboard do to the digits. */

/** Seven digits are more than any limit of the coin and still fit the screen. */
export const MOST_DIGITS = 7;

export type PadKey = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "00" | "erase" | "clear";

/** This function will give the digits after a key of the pad; a key that cannot be taken changes nothing. */
export function press(digits: string, key: PadKey): string {
  if (key === "erase") return digits.slice(0, -1);
  if (key === "clear") return "";
  const longer = (digits + key).replace(/^0+/, "");
  return longer.length > MOST_DIGITS ? digits : longer;
}

/** This function will take what was typed or pasted, such as １，２００円, and keep its digits; null when it is no amount. */
export function digitsOf(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .replace(/[\s,¥円]/g, "")
    .replace(/yen$/i, "");
  if (!/^\d*$/.test(plain)) return null;
  const digits = plain.replace(/^0+/, "");
  return digits.length > MOST_DIGITS ? null : digits;
}

/** This function will give the amount the digits say, 0 when there are none yet. */
export function amountOf(digits: string): number {
  return digits === "" ? 0 : Number.parseInt(digits, 10);
}
