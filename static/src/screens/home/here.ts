/** Where this phone is, for the order of cards: only where the person has allowed it elsewhere already, never asked for here. */
export interface Here {
  readonly lat: string;
  readonly lon: string;
}

const WAIT_MS = 1_500;
/** Three decimals are about a hundred metres: enough to know what is near. */
const DECIMALS = 3;

export async function hereIfAllowed(): Promise<Here | null> {
  try {
    const { state } = await navigator.permissions.query({ name: "geolocation" });
    if (state !== "granted") return null;
    return await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ lat: coords.latitude.toFixed(DECIMALS), lon: coords.longitude.toFixed(DECIMALS) }),
        () => resolve(null),
        { timeout: WAIT_MS, maximumAge: 300_000 },
      );
    });
  } catch {
    return null;
  }
}
