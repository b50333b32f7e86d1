import { useEffect, useState } from "preact/hooks";
import { savedPlaces, type SavedPlace } from "../../api/places";
import type { IconName } from "../../components/Icon";
import { t } from "../../i18n";
import type { NamedPlace } from "../../offline/going";
import { me } from "../../state/session";

export interface Saved {
  /** Nothing until it is known; what cannot be read is not shown. */
  readonly places: readonly SavedPlace[] | null;
  readonly trouble: unknown;
  readonly load: () => Promise<void>;
}

/** This hook will give the places that the person who is signed in keeps; nobody's where nobody is. */
export function useSaved(): Saved {
  const [places, setPlaces] = useState<readonly SavedPlace[] | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const who = me.value?.resident_id;
  const load = async (): Promise<void> => {
    setTrouble(null);
    try {
      setPlaces((await savedPlaces()).results);
    } catch (error) {
      setTrouble(error);
    }
  };
  useEffect(() => {
    if (who === undefined) setPlaces(null);
    else void load();
  }, [who]);
  return { places, trouble, load };
}

/** This function will call a saved place by its name, or by what it is. */
export const savedName = ({ name, kind }: Pick<SavedPlace, "name" | "kind">): string => name || t(`saved.kind_${kind}`);

export const SAVED_ICONS: Readonly<Record<SavedPlace["kind"], IconName>> = { home: "home", work: "office", school: "agree", other: "go" };

/** This function will make a saved place one end of a way. */
export const placeOfSaved = (saved: SavedPlace): NamedPlace => ({
  name: savedName(saved),
  lat: saved.lat,
  lon: saved.lon,
  ...(saved.stop ? { stop: saved.stop } : {}),
});
