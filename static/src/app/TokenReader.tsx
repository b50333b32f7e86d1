import { t, type TextKey } from "../i18n";
import { CodeReader } from "../scan/CodeReader";
import { tokenIn } from "./token-link";

interface TokenReaderProps {
  readonly why: TextKey;
  /** What is said where the code is none of ours. */
  readonly wrong: TextKey;
  readonly onToken: (token: string) => void;
}

/** Reads the code of a link with a token, or the letters under it. */
export function TokenReader({ why, wrong, onToken }: TokenReaderProps) {
  const take = (text: string): Promise<string | null> => {
    const token = tokenIn(text);
    if (token !== null) onToken(token);
    return Promise.resolve(token === null ? t(wrong) : null);
  };
  return <CodeReader why={why} onCode={take} typed="letters" />;
}
