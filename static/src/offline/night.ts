/**
 * The phone's key and its credential for a night without the city: a key pair that never leaves the browser, and what the
 * city signed for it. Both lie in IndexedDB, where alone a key can be kept that no script can read out.
 */
export interface KeptNight {
  readonly resident: string;
  readonly keys: CryptoKeyPair;
  readonly credential: string;
  readonly expiresAt: string;
  /** When the city signed it, milliseconds since 1970. */
  readonly givenAt: number;
}

const NAME = "machi-night";
const STORE = "credential";
const ONLY = "own";

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("the browser keeps nothing"));
  });
}

async function within<T>(mode: IDBTransactionMode, deed: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await asked(opening);
  try {
    return await asked(deed(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

export async function recallNight(): Promise<KeptNight | null> {
  return (await within("readonly", (store) => store.get(ONLY) as IDBRequest<KeptNight | undefined>)) ?? null;
}

export const rememberNight = (kept: KeptNight): Promise<unknown> => within("readwrite", (store) => store.put(kept, ONLY));
export const forgetNight = (): Promise<unknown> => within("readwrite", (store) => store.delete(ONLY));

/** This function will make a key pair whose private half the browser gives to nobody. */
export const newKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);

const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const coded = (value: unknown): string => base64url(new TextEncoder().encode(JSON.stringify(value)));

/** This function will sign as a compact JWS (RFC 7515, ES256), the public half of the key in its header. */
export async function signJws(keys: CryptoKeyPair, typ: string, body: unknown, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  const said = `${coded({ alg: "ES256", typ, jwk: { kty, crv, x, y }, ...more })}.${coded(body)}`;
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.privateKey, new TextEncoder().encode(said));
  return `${said}.${base64url(new Uint8Array(signature))}`;
}
