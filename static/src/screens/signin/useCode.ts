import { useRef, useState } from "preact/hooks";
import { confirmCode } from "../../api/allauth";
import { ProblemError } from "../../api/problems";
import { t } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { CODE_LENGTH, codeOf } from "./address";
import { proceed, sendCode, type Step } from "./flow";

export interface CodeUse {
  readonly typed: string;
  readonly wrong: string | null;
  readonly trouble: string | null;
  /** The code works no more: it ran out, or was wrong too often. */
  readonly gone: boolean;
  readonly busy: boolean;
  readonly type: (value: string) => void;
  readonly confirm: (code: string) => Promise<void>;
  readonly restart: (mode: Step["mode"]) => Promise<void>;
  readonly setTrouble: (words: string | null) => void;
}

/** This hook will hand in a code as soon as it is whole, once at a time, and know what came of it. */
export function useCode(current: Step): CodeUse {
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);

  const confirm = async (code: string): Promise<void> => {
    if (sending.current) return;
    if (code.length < CODE_LENGTH) return setWrong(t("code.short"));
    sending.current = true;
    setBusy(true);
    setWrong(null);
    setTrouble(null);
    try {
      await proceed(await confirmCode(current.waiting, code));
    } catch (error) {
      if (error instanceof ProblemError && error.status === 400) setWrong(t("code.wrong"));
      else if (error instanceof ProblemError && error.status === 409) setGone(true);
      else setTrouble(problemText(error));
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };
  const type = (value: string): void => {
    const code = codeOf(value);
    setTyped(code);
    if (code.length === CODE_LENGTH) void confirm(code);
  };
  const restart = async (mode: Step["mode"]): Promise<void> => {
    setTrouble(null);
    setTyped("");
    try {
      await sendCode(mode, current.address);
      setGone(false);
      setWrong(null);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  return { typed, wrong, trouble, gone, busy, type, confirm, restart, setTrouble };
}
