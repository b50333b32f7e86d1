import { useEffect, useState } from "preact/hooks";
import { intents } from "../../api/intents";
import { ProblemError } from "../../api/problems";
import type { Hold } from "../../api/types";
import { openHolds, readHold } from "../../api/wallet";
import { NAMES } from "./money-deeds";

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

/** Something can still be done with it, or the answer to what was done is still missing. */
const concerns = ({ id, status }: Hold): boolean =>
  status === "held" || [NAMES.capture(id), NAMES.release(id)].some((name) => intents.unresolved(name) !== null);

export interface HoldUse {
  /** Null while it is asked for, and when it is of no concern any more. */
  readonly hold: Hold | null;
  readonly gone: boolean;
  readonly trouble: unknown;
  readonly load: () => void;
}

/** This hook will read a hold once: what ends on its page ends there, and the page still says how. */
export function useHold(id: string): HoldUse {
  const [hold, setHold] = useState<Hold | null>(null);
  const [gone, setGone] = useState(false);
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = (): void => {
    setTrouble(null);
    readHold(id).then(
      (found) => (concerns(found) ? setHold(found) : setGone(true)),
      (error: unknown) => (error instanceof ProblemError && error.code === "not_found" ? setGone(true) : setTrouble(error)),
    );
  };
  useEffect(load, [id]);
  return { hold, gone, trouble, load };
}

export const holdIsOver = (hold: Hold, now: Date): boolean => Date.parse(hold.expires_at) <= now.getTime();
