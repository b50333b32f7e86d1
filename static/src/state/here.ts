/** Where this phone is. The browser asks the person, at this moment; nobody else is told unless they are asked something about it. */
export interface Here {
  readonly latitude: number;
  readonly longitude: number;
}

/** This function will ask the phone where it is; null where it is not told. */
export function whereAmI(): Promise<Here | null> {
  return new Promise((resolve) => {
    const phone: Geolocation | null | undefined = navigator.geolocation;
    if (!phone) return resolve(null);
    phone.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => resolve({ latitude, longitude }),
      () => resolve(null),
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
}

/** This function will tell whether the person has allowed it before, so that asking again disturbs nobody. */
export async function mayAskWhere(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: "geolocation" })).state === "granted";
  } catch {
    return false;
  }
}
