import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../components/Icon";
import { t, tx } from "../i18n";
import { CameraError, closeCamera, openCamera, type CameraTrouble } from "./camera";
import { openDecoder, type Decoder } from "./decoder";

/** Eight looks a second are as quick as a hand can aim. */
const LOOK_MS = 120;
const FORGET_MS = 2_000;

interface Seen {
  readonly text: string;
  readonly at: number;
}

interface FinderProps {
  /** Called once for each new code; the camera goes on looking until the screen changes. */
  readonly onCode: (text: string) => void;
  readonly onTrouble: (trouble: CameraTrouble) => void;
  readonly busy: boolean;
}

/** What the camera sees, with a frame to aim by. */
export function Viewfinder({ onCode, onTrouble, busy }: FinderProps) {
  const video = useRef<HTMLVideoElement>(null);
  const heed = useRef({ onCode, busy });
  heed.current = { onCode, busy };
  const [running, setRunning] = useState(false);

  useEffect(() => {
    let over = false;
    let stream: MediaStream | null = null;
    let decoder: Decoder | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: Seen = { text: "", at: 0 };

    /** The same code is told once while it stays in view; a while out of view, and it may come again. */
    const tell = (text: string | null, before: Seen): Seen => {
      const at = performance.now();
      if (text === null) return at - before.at > FORGET_MS ? { text: "", at } : before;
      if (text !== before.text) heed.current.onCode(text);
      return { text, at };
    };

    const look = async (): Promise<void> => {
      const picture = video.current;
      if (over || !picture || !decoder) return;
      if (!heed.current.busy && picture.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        const text = await decoder.read(picture).catch(() => null);
        if (!over) last = tell(text, last);
      }
      timer = setTimeout(() => void look(), LOOK_MS);
    };

    const start = async (): Promise<void> => {
      try {
        [stream, decoder] = await Promise.all([openCamera(), openDecoder()]);
        if (over || !video.current) return stop();
        video.current.srcObject = stream;
        await video.current.play();
        setRunning(true);
        void look();
      } catch (error) {
        if (!over) onTrouble(error instanceof CameraError ? error.trouble : "missing");
      }
    };
    const stop = (): void => {
      over = true;
      clearTimeout(timer);
      if (stream) closeCamera(stream);
      decoder?.close();
    };
    void start();
    return stop;
  }, []);

  return (
    <div class="finder">
      <video ref={video} class="finder-video" muted playsInline aria-label={t("scan.aim")} />
      <span class="finder-frame" aria-hidden="true" />
      <p class="finder-words" role="status">
        <Icon name="scan" size="s" />
        <span>{tx(busy ? "scan.reading" : running ? "scan.aim" : "scan.starting")}</span>
      </p>
    </div>
  );
}
