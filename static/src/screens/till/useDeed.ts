import { useEffect, useRef, useState } from "preact/hooks";
import { intents } from "../../api/intents";
import { toast } from "../../components/Toast";
import { onBack } from "../../state/network";
import { DeedRun, type Deed } from "./deed";
import { refusalText } from "./refusal";

export interface DeedUse<T> {
  readonly deed: Deed<T>;
  readonly press: (send: () => Promise<T>) => void;
  readonly check: () => void;
  readonly renew: () => void;
}

/**
 * This hook will run one deed with money under its name, from the press to the known outcome, across a reload too.
 * `done` is called once with the answer before the screen shows it, even when the screen was left meanwhile.
 */
export function useDeed<T>(name: string, done: (answer: T) => void): DeedUse<T> {
  const [deed, setDeed] = useState<Deed<T>>({ kind: "ready" });
  const left = useRef(false);
  const run = useRef<DeedRun<T> | null>(null);
  const started = (): DeedRun<T> =>
    (run.current ??= new DeedRun<T>(
      {
        unresolved: () => intents.unresolved(name) !== null,
        again: () => intents.again<T>(name),
        later(work, ms) {
          const timer = setTimeout(work, ms);
          return () => clearTimeout(timer);
        },
      },
      (next) => {
        if (next.kind === "done") done(next.answer);
        if (!left.current) setDeed(next);
        else if (next.kind === "refused") toast(refusalText(next.error));
      },
    ));
  useEffect(() => {
    const current = started();
    current.resume();
    const stop = onBack(() => {
      if (intents.unresolved(name)) current.check();
    });
    return () => {
      left.current = true;
      stop();
      current.stop();
    };
  }, []);
  return {
    deed,
    press: (send) => started().press(send),
    check: () => started().check(),
    renew: () => started().renew(),
  };
}
