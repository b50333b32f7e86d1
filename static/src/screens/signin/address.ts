/** What a person types as their address, turned into what the sign-in service wants. */
import type { Address } from "../../api/allauth";

export type By = "email" | "phone";

/** Enough to catch a slip of the finger; whether the address exists only the code can tell. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;

/** This function will tidy an e-mail address typed on any keyboard, or give null when it cannot be one. */
export function emailOf(typed: string): string | null {
  const plain = typed.normalize("NFKC").trim();
  return EMAIL.test(plain) ? plain : null;
}

/** This function will write a phone number as E.164 (+819012345678); a number without + is a Japanese one. Null when it cannot be one. */
export function phoneOf(typed: string): string | null {
  const plain = typed
    .normalize("NFKC")
    .trim()
    .replace(/[\s()\-‐-―−ー.]/g, "");
  const world = plain.startsWith("00") ? `+${plain.slice(2)}` : plain.startsWith("0") ? `+81${plain.slice(1)}` : plain;
  if (!/^\+[1-9]\d{6,14}$/.test(world)) return null;
  if (world.startsWith("+81") && !/^\+81[1-9]\d{8,9}$/.test(world)) return null;
  return world;
}

export function addressOf(by: By, typed: string): Address | null {
  if (by === "email") {
    const email = emailOf(typed);
    return email === null ? null : { email };
  }
  const phone = phoneOf(typed);
  return phone === null ? null : { phone };
}

/** This function will show an address as a person writes it: a Japanese number with its leading zero. */
export function shownAddress(address: Address): string {
  if ("email" in address) return address.email;
  const { phone } = address;
  const home = phone.startsWith("+81") ? `0${phone.slice(3)}` : phone;
  return /^0[789]0\d{8}$/.test(home) ? `${home.slice(0, 3)}-${home.slice(3, 7)}-${home.slice(7)}` : home;
}

export const CODE_LENGTH = 6;

/** This function will tidy a typed code: half-width digits, no spaces or hyphens. */
export function codeOf(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/\D/g, "")
    .slice(0, CODE_LENGTH);
}
