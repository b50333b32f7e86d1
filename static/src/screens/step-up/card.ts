/** The walk to the card and back: the page a person was on is kept until they return. */
import { beginCard, type CardPurpose } from "../../api/accounts";
import { place } from "../../app/router";

const NEXT = "machi.card.next";

/** This function will leave the app for the card's provider; the person comes back at /card/return. */
export async function layDownCard(purpose: CardPurpose, next: string | null = null): Promise<void> {
  const { address } = await beginCard(purpose);
  const { path, query } = place.peek();
  const asked = query.toString();
  sessionStorage.setItem(NEXT, next ?? (asked === "" ? path : `${path}?${asked}`));
  window.location.assign(address);
}

/** This function will give the page to go on with, once. */
export function afterCard(otherwise: string): string {
  const next = sessionStorage.getItem(NEXT) ?? otherwise;
  sessionStorage.removeItem(NEXT);
  return next;
}
