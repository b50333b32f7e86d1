export type LatLon = readonly [number, number];

const HUNDRED_THOUSAND = 100_000;

/**
 * This function will read an encoded polyline of precision 5 as pairs of latitude and longitude in degrees; what is cut off is left out.
 * The format is Google's "Encoded Polyline Algorithm Format".
 */
export function pointsOf(line: string): readonly LatLon[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (let index = 0; index < line.length; index += 1) {
    const five = line.charCodeAt(index) - 63;
    value += (five & 31) * 2 ** shift;
    shift += 5;
    if (five >= 32) continue;
    numbers.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
    value = 0;
    shift = 0;
  }
  const points: LatLon[] = [];
  let [lat, lon] = [0, 0];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    lat += numbers[index] ?? 0;
    lon += numbers[index + 1] ?? 0;
    points.push([lat / HUNDRED_THOUSAND, lon / HUNDRED_THOUSAND]);
  }
  return points;
}
