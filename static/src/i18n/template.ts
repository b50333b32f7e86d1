/**
 * The small language our texts are written in: `{name}` is a place to fill, `{漢字|かんじ}` is a word with its reading.
 */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "place"; readonly name: string }
  | { readonly kind: "ruby"; readonly base: string; readonly reading: string };

const BRACES = /\{([^{}]*)\}/g;
const parsed = new Map<string, readonly Piece[]>();

/** This function will split a text into plain words, places to fill and words with readings. */
export function parse(template: string): readonly Piece[] {
  const known = parsed.get(template);
  if (known) return known;
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of template.matchAll(BRACES)) {
    if (match.index > end) pieces.push({ kind: "text", text: template.slice(end, match.index) });
    pieces.push(inBraces(match[1] ?? ""));
    end = match.index + match[0].length;
  }
  if (end < template.length) pieces.push({ kind: "text", text: template.slice(end) });
  parsed.set(template, pieces);
  return pieces;
}

function inBraces(inside: string): Piece {
  const bar = inside.indexOf("|");
  if (bar < 0) return { kind: "place", name: inside };
  return { kind: "ruby", base: inside.slice(0, bar), reading: inside.slice(bar + 1) };
}

/** This function will name the places a text wants filled, in order and once each. */
export function places(template: string): readonly string[] {
  return [...new Set(parse(template).flatMap((piece) => (piece.kind === "place" ? [piece.name] : [])))];
}

/** This function will fill a text as one plain line; readings are left out, because a label has no room for them. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return parse(template)
    .map((piece) => {
      if (piece.kind === "text") return piece.text;
      if (piece.kind === "ruby") return piece.base;
      const value = values[piece.name];
      if (value === undefined) throw new Error(`the text "${template}" wants {${piece.name}}`);
      return typeof value === "number" ? grouped(value) : value;
    })
    .join("");
}

/** This function will write a whole number with a comma every three digits, as all five languages do. */
export function grouped(value: number): string {
  return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
