/** A line's own colour, and ink that can be read on it whatever the operator wrote. */
export interface LineLook {
  readonly background: string;
  readonly ink: string;
}

const WHITE = "#ffffff";
const BLACK = "#000000";

/** The luminance of a colour, as WCAG 2.2 reckons it. */
function luminance(hex: string): number {
  const parts = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** This function will give the look of a line; null where its operator names no colour. One of the two inks always reaches 4.5 to 1. */
export function lookOf(color: string): LineLook | null {
  const hex = color.replace(/^#/, "");
  if (!/^[0-9a-f]{6}$/i.test(hex)) return null;
  const light = luminance(hex);
  const onWhite = 1.05 / (light + 0.05);
  const onBlack = (light + 0.05) / 0.05;
  return { background: `#${hex.toLowerCase()}`, ink: onWhite >= onBlack ? WHITE : BLACK };
}
