/**
 * The demo town's ground, drawn by us by hand: the river, the railway, the main roads, the station and the names of districts, each a
 * few points, true to some hundred metres. It shows where one is; a city of its own sets vector tiles instead.
 */
import type { FeatureCollection } from "geojson";

type Line = readonly (readonly [number, number])[];

const line = (kind: string, points: Line): FeatureCollection["features"][number] => ({
  type: "Feature",
  properties: { kind },
  geometry: { type: "LineString", coordinates: points.map((point) => [...point]) },
});

const KUMA: Line = [
  [130.81, 32.229], [130.795, 32.2245], [130.783, 32.2185], [130.774, 32.2135], [130.766, 32.2112], [130.76, 32.2108],
  [130.755, 32.2092], [130.7495, 32.2101], [130.7445, 32.2135], [130.7385, 32.2178], [130.73, 32.2225], [130.72, 32.229],
];
const MUNE: Line = [[130.7668, 32.194], [130.7655, 32.2], [130.7645, 32.206], [130.7655, 32.2111]];
const RAILWAY: Line = [[130.72, 32.2315], [130.735, 32.2225], [130.7455, 32.218], [130.7531, 32.2166], [130.765, 32.2165], [130.778, 32.2205], [130.81, 32.2335]];
const ROADS: readonly Line[] = [
  [[130.735, 32.2115], [130.748, 32.2128], [130.7611, 32.2125], [130.772, 32.2165], [130.81, 32.227]],
  [[130.7531, 32.2164], [130.7545, 32.2126], [130.756, 32.2075], [130.7605, 32.2], [130.7705, 32.191], [130.7905, 32.1805]],
  [[130.7637, 32.2131], [130.7626, 32.2095], [130.7608, 32.2049]],
];

export const GROUND: FeatureCollection = {
  type: "FeatureCollection",
  features: [line("river", KUMA), line("stream", MUNE), line("railway", RAILWAY), ...ROADS.map((road) => line("road", road))],
};

/** Names that stand on the map, in both letters. */
export const NAMES: readonly { readonly at: readonly [number, number]; readonly ja: string; readonly en: string }[] = [
  { at: [130.7531, 32.2172], ja: "人吉駅", en: "Hitoyoshi Sta." },
  { at: [130.7685, 32.2098], ja: "人吉城跡", en: "Castle ruins" },
  { at: [130.7575, 32.2142], ja: "青井", en: "Aoi" },
  { at: [130.7625, 32.2148], ja: "紺屋町", en: "Konyamachi" },
  { at: [130.7455, 32.2152], ja: "温泉町", en: "Onsenmachi" },
  { at: [130.76, 32.2035], ja: "西間", en: "Nishima" },
  { at: [130.789, 32.183], ja: "大畑", en: "Okoba" },
  { at: [130.79, 32.2215], ja: "球磨川", en: "Kuma River" },
];

const DRAWN = [...ROADS, KUMA, MUNE, RAILWAY].flat();
const NEAR = 0.02;

/** Whether the ground is drawn around a place; elsewhere a map shows only what is put on it. */
export function isDrawn({ lat, lon }: { readonly lat: number; readonly lon: number }): boolean {
  return DRAWN.some(([east, north]) => Math.abs(east - lon) < NEAR && Math.abs(north - lat) < NEAR);
}

export const MIDDLE: [number, number] = [130.7605, 32.2115];
