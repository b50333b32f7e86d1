/** Places as they are written and as the map has them, and whether one lies in the town. */
import type { Answers } from "../../api/merchants";
import type { Point } from "../../api/shops";

export const MILLION = 1_000_000;

/** This function will read what somebody wrote or copied from a map, latitude first; null for anything else. */
export function readPoint(text: string): Point | null {
  const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,、 ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text.normalize("NFKC"));
  return found ? pointOf(Number(found[1]), Number(found[2])) : null;
}

export const pointOf = (latitude: number, longitude: number): Point => ({
  latitude_e6: Math.round(latitude * MILLION),
  longitude_e6: Math.round(longitude * MILLION),
});

export const pointText = (point: Point): string => `${point.latitude_e6 / MILLION}, ${point.longitude_e6 / MILLION}`;

/** This function will write district and address; many write the district at the head of the address too. */
export const addressText = ({ district, details }: Answers): string =>
  details.address.startsWith(district) ? details.address : `${district} ${details.address}`;

/** This function will tell whether a place lies inside straight lines from corner to corner; without corners everything does. */
export function isInTown(corners: readonly Point[], place: Point): boolean {
  let inside = corners.length === 0;
  corners.forEach((here, index) => {
    const there = corners[(index + 1) % corners.length] ?? here;
    if (here.latitude_e6 > place.latitude_e6 === there.latitude_e6 > place.latitude_e6) return;
    const part = (place.latitude_e6 - here.latitude_e6) / (there.latitude_e6 - here.latitude_e6);
    if (place.longitude_e6 < here.longitude_e6 + part * (there.longitude_e6 - here.longitude_e6)) inside = !inside;
  });
  return inside;
}
