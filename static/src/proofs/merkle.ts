/**
 * A Merkle tree as RFC 6962 and RFC 9162 have it, checked on this phone: does a leaf stand under a root, did a tree only grow.
 * Hashes are 32 bytes, SHA-256 by the browser itself.
 */
export type Bytes = Uint8Array<ArrayBuffer>;

export const fromHex = (text: string): Bytes => {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new TypeError("not in hexadecimal signs");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
};

export const same = (left: Bytes, right: Bytes): boolean =>
  left.length === right.length && left.every((byte, place) => byte === right[place]);

async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const emptyRoot = (): Promise<Bytes> => sha256();
export const leafHash = (text: string): Promise<Bytes> => sha256(LEAF, new TextEncoder().encode(text));
export const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(NODE, left, right);

/** Sizes pass what bitwise operators can hold, so halves are taken by arithmetic. */
const half = (number: number): number => Math.floor(number / 2);
const isOdd = (number: number): boolean => number % 2 === 1;
const isPowerOfTwo = (number: number): boolean => {
  let rest = number;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
};

/** This function will tell whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2). */
export async function provesInclusion(leaf: Bytes, index: number, size: number, path: readonly Bytes[], root: Bytes): Promise<boolean> {
  if (index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let whole = leaf;
  for (const each of path) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      whole = await nodeHash(each, whole);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      whole = await nodeHash(whole, each);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(whole, root);
}

export interface Tree {
  readonly size: number;
  readonly root: Bytes;
}

/** This function will tell whether the second tree begins with the first (RFC 9162, 2.1.4.2). */
export async function provesGrowth(first: Tree, second: Tree, path: readonly Bytes[]): Promise<boolean> {
  if (first.size < 0 || first.size > second.size) return false;
  if (first.size === 0) return path.length === 0 && same(first.root, await emptyRoot());
  if (first.size === second.size) return path.length === 0 && same(first.root, second.root);
  const hashes = isPowerOfTwo(first.size) ? [first.root, ...path] : path;
  const [start, ...rest] = hashes;
  if (start === undefined) return false;
  let at = first.size - 1;
  let last = second.size - 1;
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  let before = start;
  let after = start;
  for (const each of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      before = await nodeHash(each, before);
      after = await nodeHash(each, after);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      after = await nodeHash(after, each);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && same(before, first.root) && same(after, second.root);
}
