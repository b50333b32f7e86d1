/** Places that people go to: found by what was typed, and those that somebody keeps for themself. */
import { ask } from "./http";

export type PlaceKind = "stop" | "shop" | "facility" | "shelter";

export interface TownPlace {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly name: string;
  /** In kana, where the reader's language is Japanese. */
  readonly reading: string;
  readonly detail: string;
  readonly lat: number;
  readonly lon: number;
  /** From `near`; nothing where that was not told. */
  readonly metres: number | null;
}

/** Of home, work and school there is one each. */
export type SavedKind = "home" | "work" | "school" | "other";

export interface NewSavedPlace {
  readonly kind: SavedKind;
  /** Blank where home, work or school says it all. */
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  /** The stop that it is, or nothing. */
  readonly stop: string;
}

export interface SavedPlace extends NewSavedPlace {
  readonly id: string;
  readonly address: string;
}

const MOBILITY = "/api/v1/mobility";

/** This function will find places by what was typed of their names, near a point where one is told, of one kind where that is meant. */
export function findPlaces(
  words: string,
  near: { readonly lat: number; readonly lon: number } | null,
  kind: PlaceKind | null = null,
): Promise<{ readonly results: readonly TownPlace[] }> {
  const where = near ? `&near=${near.lat},${near.lon}` : "";
  return ask("GET", `${MOBILITY}/places?q=${encodeURIComponent(words)}${where}${kind ? `&kinds=${kind}` : ""}`);
}

export const savedPlaces = (): Promise<{ readonly results: readonly SavedPlace[] }> => ask("GET", `${MOBILITY}/saved_places`);

/** This function will save a place under the id that this phone chose for it, so that sending it twice saves it once. */
export const savePlace = (id: string, place: NewSavedPlace): Promise<SavedPlace> =>
  ask("PUT", `${MOBILITY}/saved_places/${id}`, { body: place });

/** This function will call a saved place otherwise, and leave everything else of it as it is. */
export const renamePlace = ({ id, kind, lat, lon, address, stop }: SavedPlace, name: string): Promise<SavedPlace> =>
  ask("PUT", `${MOBILITY}/saved_places/${id}`, { body: { kind, name, lat, lon, address, stop } });

/** This function will put all saved places into an order, told by their ids. */
export const arrangePlaces = (ids: readonly string[]): Promise<unknown> => ask("PUT", `${MOBILITY}/saved_places/order`, { body: { ids } });

export const forgetPlace = (id: string): Promise<unknown> => ask("DELETE", `${MOBILITY}/saved_places/${id}`);
