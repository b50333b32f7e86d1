/** What a receipt says, and whether it holds: reckoned here in the browser, without asking anybody to be believed. */

export interface Claims {
  readonly consentReceiptID: string;
  readonly consentTimestamp: number;
  readonly piiPrincipalId: string;
  readonly onBehalfBy: string;
  readonly notice_digest: { readonly alg: string; readonly value: string; readonly number: number };
  readonly services: readonly {
    readonly service: string;
    readonly purposes: readonly { readonly purpose: string; readonly piiCategory: readonly string[]; readonly termination: string }[];
  }[];
}

/** True or false where it was reckoned; null where this browser, or this city, has no means for it. */
export interface Proof {
  /** The words kept beside the receipt are those that it names by their SHA-256. */
  readonly words: boolean | null;
  /** The city signed it. */
  readonly signature: boolean | null;
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
}

function part<T>(jws: string, index: number): T {
  return JSON.parse(new TextDecoder().decode(bytes(jws.split(".")[index] ?? ""))) as T;
}

export const claimsOf = (receipt: string): Claims => part<Claims>(receipt, 1);

/** This function will say whether a receipt belongs to these words and was signed with one of these keys (RFC 7515, RFC 8037). */
export async function prove(receipt: string, document: string, keys: readonly JsonWebKey[] | null): Promise<Proof> {
  if (!globalThis.crypto?.subtle) return { words: null, signature: null };
  return { words: await wordsFit(receipt, document), signature: keys === null ? null : await isSigned(receipt, keys) };
}

async function wordsFit(receipt: string, document: string): Promise<boolean> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(document));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const named = claimsOf(receipt).notice_digest;
  return named.alg === "sha-256" && named.value === hex;
}

async function isSigned(receipt: string, keys: readonly JsonWebKey[]): Promise<boolean | null> {
  const [head = "", body = "", signature = ""] = receipt.split(".");
  const { kid, alg, typ } = part<{ kid?: string; alg?: string; typ?: string }>(receipt, 0);
  const key = keys.find((each) => (each as { kid?: string }).kid === kid);
  if (!key || alg !== "EdDSA" || typ !== "consent-receipt+jwt") return false;
  try {
    const { kty, crv, x } = key;
    const known = await crypto.subtle.importKey("jwk", { kty, crv, x } as JsonWebKey, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, bytes(signature), new TextEncoder().encode(`${head}.${body}`));
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotSupportedError") return null;
    return false;
  }
}
