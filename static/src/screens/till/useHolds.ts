import { useEffect, useState } from "preact/hooks";
import type { Hold } from "../../api/types";
import { openHolds } from "../../api/wallet";

export interface HoldsUse {
  /** Null until the city has told them. */
  readonly holds: readonly Hold[] | null;
  readonly trouble: unknown;
  readonly load: () => void;
}

/** This hook will give a shop's open holds, whichever of its tills made them, the newest first. */
export function useHolds(shop: string): HoldsUse {
  const [holds, setHolds] = useState<readonly Hold[] | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = (): void => {
    setTrouble(null);
    openHolds(shop).then(({ results }) => setHolds(results), setTrouble);
  };
  useEffect(load, [shop]);
  return { holds, trouble, load };
}

export const holdIsOver = (hold: Hold, now: Date): boolean => Date.parse(hold.expires_at) <= now.getTime();
