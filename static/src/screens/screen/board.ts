/** What a screen of the town shows, fresh twice a minute, and kept on the device for when the city is out of reach. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ownBoard, publicNotices, type Board, type PublicNotice, type PublicNotices } from "../../api/boards";
import { language } from "../../i18n";

const KEY = "machi.board";
const EVERY_MS = 30_000;

export interface Shown {
  readonly board: Board;
  readonly told: PublicNotices;
  /** When it was true, ISO 8601. */
  readonly at: string;
}

function kept(device: string): Shown | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as Shown | null;
    return found?.board.device.id === device ? found : null;
  } catch {
    return null;
  }
}

const shown = signal<Shown | null>(null);

async function read(): Promise<void> {
  const [board, told] = await Promise.all([ownBoard(), publicNotices()]);
  if (board.shows) return location.replace(board.shows);
  shown.value = { board, told, at: new Date().toISOString() };
  localStorage.setItem(KEY, JSON.stringify(shown.value));
}

/** This hook will give what is to be shown on this device; null while nothing is known yet. */
export function useBoard(device: string): Shown | null {
  useEffect(() => {
    shown.value = kept(device);
    const look = (): void => void read().catch(() => undefined); // the banner says since when the city is silent
    look();
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [device]);
  return shown.value?.board.device.id === device ? shown.value : null;
}

/** This function will give a notice in the language of the screen, or else in Japanese, and say in which it is. */
export function inWords({ texts }: PublicNotice): { readonly title: string; readonly body: string; readonly lang: string } {
  const here = texts[language.value];
  const lang = here ? language.value : "ja";
  return { ...(here ?? texts.ja ?? { title: "", body: "" }), lang };
}
