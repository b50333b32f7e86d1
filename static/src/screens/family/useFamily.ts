import { useEffect, useState } from "preact/hooks";
import { readFamily, type Family } from "../../api/family";
import { problemText } from "../../i18n/problem-text";

interface Held {
  readonly family: Family | null;
  readonly trouble: string | null;
  readonly load: () => Promise<Family | null>;
}

/** This hook will read the family, and read it again when asked; every so often by itself where `everyMs` says so. */
export function useFamily(everyMs: number | null = null): Held {
  const [family, setFamily] = useState<Family | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = async (): Promise<Family | null> => {
    try {
      const found = await readFamily();
      setFamily(found);
      setTrouble(null);
      return found;
    } catch (error) {
      setTrouble(problemText(error));
      return null;
    }
  };
  useEffect(() => {
    void load();
    if (everyMs === null) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void load(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return { family, trouble, load };
}
