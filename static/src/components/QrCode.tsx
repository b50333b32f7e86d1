import { generate, mode } from "lean-qr";
import { useMemo } from "preact/hooks";
import { tx } from "../i18n";
import { inFours } from "./in-fours";
import { qrPath } from "./qr-path";

/** Kanji mode is left out: not every till's reader knows it, and all of them know UTF-8. */
const MODES = [mode.numeric, mode.alphaNumeric, mode.ascii, mode.utf8];
const QUIET = 4;

interface QrProps {
  readonly text: string;
  /** What the code is for, read aloud in place of the picture. */
  readonly label: string;
  /** Show the same code as letters, for typing in or reading out. */
  readonly twin?: boolean;
}

/** A code drawn as one dark path on white, in light and in dark, because readers want it so. */
export function QrCode({ text, label, twin }: QrProps) {
  const drawn = useMemo(() => {
    const bitmap = generate(text, { modes: MODES });
    return { path: qrPath(bitmap.size, (x, y) => bitmap.get(x, y)), size: bitmap.size };
  }, [text]);
  const side = drawn.size + 2 * QUIET;
  return (
    <div class="qr">
      <svg class="qr-picture" role="img" aria-label={label} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}>
        <rect x={-QUIET} y={-QUIET} width={side} height={side} class="qr-paper" />
        <path d={drawn.path} class="qr-ink" />
      </svg>
      {twin && (
        <details class="qr-twin">
          <summary>{tx("qr.as_letters")}</summary>
          <p class="qr-letters">{inFours(text)}</p>
        </details>
      )}
    </div>
  );
}
