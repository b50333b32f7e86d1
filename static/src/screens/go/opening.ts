/** Where a map for picking a place opens: near the person, or near what they just chose, and else on the whole town. */
import { ground, isAround } from "../../state/ground";
import { hereIfAllowed } from "../home/here";
import { going, wish } from "./state";

export interface Spot {
  readonly lat: number;
  readonly lon: number;
}

const spotOf = (place: unknown): Spot | null => {
  const { lat, lon } = (typeof place === "object" && place !== null ? place : {}) as Partial<Spot>;
  return lat === undefined || lon === undefined ? null : { lat, lon };
};

/**
 * This function will give the place in or around the town where a map opens: where the phone is, if that was allowed before; what is
 * asked for or was chosen last; null for the whole town. Where nobody knows the town, what was chosen stands anyhow.
 */
export async function openingSpot(): Promise<Spot | null> {
  const { from, to } = wish.peek();
  const [told, here] = await Promise.all([ground(), hereIfAllowed()]);
  const places = [here && { lat: Number(here.lat), lon: Number(here.lon) }, ...[to, from, ...going.peek().recent].map(spotOf)];
  return places.find((each) => each !== null && (told === null || isAround(told, each))) ?? null;
}
