/** Four letters at a time are what a person can read out and hear. */
export function inFours(text: string): string {
  return text.replaceAll(" ", "").match(/.{1,4}/gu)?.join(" ") ?? "";
}
