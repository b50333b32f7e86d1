/** Keeping the phone's credential fresh while the city can be reached, so that it is there on a night when it cannot. */
import { effect, signal } from "@preact/signals";
import { askForCredential, credentialDoor } from "../api/own-data";
import { forgetNight, newKeys, recallNight, rememberNight, signJws } from "../offline/night";
import { session } from "./session";

const RENEW_AFTER_MS = 24 * 60 * 60 * 1000;
const PROOF = "machi-device-proof+jwt";

/** Until when this phone can speak for its person without the city; null where it cannot. */
export const nightUntil = signal<Date | null>(null);

/** Keys that no script can read out exist where the browser trusts the page: on https, and at home. */
const able = (): boolean => typeof indexedDB !== "undefined" && typeof crypto.subtle === "object";

/** This function will ask for a credential where there is none, one of somebody else, or one older than a day. */
export async function renewNight(resident: string, now: number = Date.now()): Promise<void> {
  const kept = await recallNight();
  const own = kept?.resident === resident ? kept : null;
  if (own) nightUntil.value = new Date(own.expiresAt);
  if (own && now - own.givenAt < RENEW_AFTER_MS) return;
  const keys = own?.keys ?? (await newKeys());
  const proof = await signJws(keys, PROOF, { aud: credentialDoor(), iat: Math.floor(now / 1000) });
  const given = await askForCredential(proof);
  await rememberNight({ resident, keys, credential: given.credential, expiresAt: given.expires_at, givenAt: now });
  nightUntil.value = new Date(given.expires_at);
}

/** This function will keep the credential with the person: renewed when they come, gone when they sign out. */
export function watchNight(): void {
  if (!able()) return;
  effect(() => {
    const now = session.value;
    if (now.kind === "in") void renewNight(now.me.resident_id).catch(() => undefined);
    if (now.kind !== "out") return;
    nightUntil.value = null;
    void forgetNight().catch(() => undefined);
  });
}
