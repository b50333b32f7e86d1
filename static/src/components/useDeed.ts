import { useState } from "preact/hooks";
import { problemText } from "../i18n/problem-text";

export interface Deed {
  readonly busy: boolean;
  /** Why the last deed came to nothing, as a sentence; also what a screen itself finds wrong before it asks. */
  readonly trouble: string | null;
  readonly setTrouble: (sentence: string | null) => void;
  /** This function will do one deed; it never throws. */
  readonly run: (deed: () => Promise<unknown>) => Promise<void>;
}

/** What a screen does when its button is pressed: busy until it is done, and the reason where it was refused. */
export function useDeed(words: (error: unknown) => string = problemText): Deed {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = async (deed: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setTrouble(null);
    try {
      await deed();
    } catch (error) {
      setTrouble(words(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, trouble, setTrouble, run };
}
