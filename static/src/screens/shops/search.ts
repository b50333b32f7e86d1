import type { Group, TownShop } from "../../api/shops";

export interface Here {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Wish {
  readonly words: string;
  readonly group: Group | "all";
  readonly openOnly: boolean;
  readonly here: Here | null;
}

export interface Found {
  readonly shop: TownShop;
  /** In metres; null where the person or the shop has not said where they are. */
  readonly away: number | null;
}

const MILLION = 1_000_000;
const METRES_A_DEGREE = 111_320;

/** This function will make texts comparable as people type them: width, case, hiragana and katakana, marks and gaps do not matter. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replace(/[\s・,.'’\-ー－〜~]/g, "");
}

function saysOfItself({ name, name_en, district, details }: TownShop): string {
  const { kind, kind_en, address, address_en } = details;
  return [name, name_en, district, kind, kind_en, address, address_en].map(plain).join("\n");
}

/** This function will find the shops that every word fits, the nearest first where the person said where they are, else by name. */
export function find(shops: readonly TownShop[], { words, group, openOnly, here }: Wish): readonly Found[] {
  const wanted = words.split(/[\s\u3000]+/).map(plain).filter(Boolean);
  const found = shops
    .filter((shop) => group === "all" || shop.group === group)
    .filter((shop) => !openOnly || shop.door?.is_open === true)
    .filter((shop) => wanted.every((word) => saysOfItself(shop).includes(word)))
    .map((shop) => ({ shop, away: here && distance(here, shop) }));
  return here === null ? found : found.sort((a, b) => (a.away ?? Infinity) - (b.away ?? Infinity));
}

/** This function will say how far it is as the crow flies; a town is flat enough for that. */
export function distance(here: Here, { details: { point } }: TownShop): number | null {
  if (point === null) return null;
  const north = point.latitude_e6 / MILLION - here.latitude;
  const east = (point.longitude_e6 / MILLION - here.longitude) * Math.cos((here.latitude * Math.PI) / 180);
  return Math.hypot(north, east) * METRES_A_DEGREE;
}

/** This function will write a distance as people say it: 350 m, 1.2 km. */
export function awayText(metres: number): string {
  return metres < 950 ? `${Math.max(10, Math.round(metres / 10) * 10)} m` : `${(metres / 1000).toFixed(1)} km`;
}
