import { useEffect } from "preact/hooks";
import { onBack } from "../../state/network";

/** This hook will do something now, and again as often as told while somebody looks, and when the city is back after a silence. */
export function useAgain(deed: () => Promise<unknown>, everyMs: number, about: string): void {
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === "visible") void deed();
    };
    look();
    const timer = setInterval(look, everyMs);
    const stop = onBack(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [about]);
}
