/** A head of the log as the city signed it: a JWS (RFC 7515) by Ed25519 (RFC 8037), checked by the browser's own cryptography. */
import type { PublicKey } from "../api/types";
import type { Bytes } from "./merkle";

export interface Head {
  readonly log: string;
  readonly size: number;
  readonly root: string;
  readonly at: string;
}

/** `unknown`: this browser cannot check such signatures, which says nothing about the signature. */
export type Signature = "holds" | "broken" | "unknown";

export const LOG = "kernel_access_log";
const TYP = "machi-log-head";

function fromBase64url(text: string): Bytes {
  if (!/^[\w-]*$/.test(text)) throw new TypeError("not base64url");
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

const read = (part: string): Record<string, unknown> =>
  JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(fromBase64url(part))) as Record<string, unknown>;

/** This function will read what a head says; null where it is no head of this log. Nothing is checked yet. */
export function readHead(jws: string): Head | null {
  try {
    const said = read(jws.split(".")[1] ?? "");
    const { log, size, root, at } = said;
    if (log !== LOG || !Number.isSafeInteger(size) || typeof root !== "string" || typeof at !== "string") return null;
    return { log, size: size as number, root, at };
  } catch {
    return null;
  }
}

/** This function will check the signature by the city's public keys. */
export async function checkSignature(jws: string, keys: readonly PublicKey[]): Promise<Signature> {
  const [header, payload, signature, ...more] = jws.split(".");
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) return "broken";
  let given: Record<string, unknown>;
  let signed: Bytes;
  try {
    given = read(header);
    signed = fromBase64url(signature);
  } catch {
    return "broken";
  }
  const key = keys.find(({ kid, kty, crv }) => kid === given.kid && kty === "OKP" && crv === "Ed25519");
  if (key === undefined || given.alg !== "EdDSA" || given.typ !== TYP) return "broken";
  let usable: CryptoKey;
  try {
    usable = await crypto.subtle.importKey("jwk", { kty: key.kty, crv: key.crv, x: key.x }, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    return error instanceof DOMException && error.name === "DataError" ? "broken" : "unknown";
  }
  const text = new TextEncoder().encode(`${header}.${payload}`);
  return (await crypto.subtle.verify({ name: "Ed25519" }, usable, signed, text)) ? "holds" : "broken";
}
