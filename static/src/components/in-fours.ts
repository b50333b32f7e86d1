/** Four letters at a time are what a person can read out and hear. */
export function inFours(text: string): string {
  return text.replaceAll(" ", "").match(/.{1,4}/gu)?.join(" ") ?? "";
}

/** A resident's number as people see it: the last twelve signs of the key. */
export const shownNumber = (key: string): string => inFours(key.replaceAll("-", "").slice(-12).toUpperCase());
