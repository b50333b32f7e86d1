import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../components/Button";
import { Card } from "../components/Card";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { Notice } from "../components/Notice";
import { t, tx, type TextKey } from "../i18n";
import { cameraAllowed, type CameraTrouble } from "./camera";
import { readPicture } from "./decoder";
import { Viewfinder } from "./Viewfinder";

interface ReaderProps {
  /** Why the camera is wanted, said before the browser asks. */
  readonly why: TextKey;
  /** What to do with a code; a text that comes back is what was wrong with it. */
  readonly onCode: (text: string) => Promise<string | null>;
  /** What stands under the code for who cannot read it with a camera: digits, or letters too. */
  readonly typed?: Typed;
}

type Typed = "number" | "letters";

const TYPED = {
  number: { label: "scan.number", hint: "scan.number_hint", go: "scan.number_go", wrong: "scan.number_wrong", mode: "numeric" },
  letters: { label: "scan.letters", hint: "scan.letters_hint", go: "scan.letters_go", wrong: "scan.letters_wrong", mode: "text" },
} as const;

type Camera = "ask" | "on" | CameraTrouble;

const WORDS: Readonly<Record<CameraTrouble, TextKey>> = { denied: "scan.denied", missing: "scan.no_camera" };

/** Hands a code on, one at a time; the answer's words, if any, are shown where the code came from. */
type Take = (text: string, wrong: (words: string | null) => void) => Promise<void>;

/** Three ways to hand over a code: the camera, the number under it, or a picture of it. */
export function CodeReader({ why, onCode, typed = "number" }: ReaderProps) {
  const [camera, setCamera] = useState<Camera>("ask");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    void cameraAllowed().then((allowed) => allowed && setCamera("on"));
  }, []);
  const take: Take = async (text, wrong) => {
    setBusy(true);
    wrong(null);
    try {
      wrong(await onCode(text));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {camera === "on" && (
        <Viewfinder onCode={(text) => void take(text, setTrouble)} onTrouble={setCamera} busy={busy} />
      )}
      {camera === "ask" && (
        <Card tone="town">
          <p>{tx(why)}</p>
          <Button look="main" wide icon="camera" onPress={() => setCamera("on")}>
            {tx("scan.use_camera")}
          </Button>
        </Card>
      )}
      {(camera === "denied" || camera === "missing") && <Notice kind="warn" title={tx(WORDS[camera])} spoken />}
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <Card title={tx("scan.other_ways")}>
        <NumberForm busy={busy} onTake={take} typed={typed} />
        <PictureButton onTake={take} onTrouble={setTrouble} />
      </Card>
    </>
  );
}

function NumberForm({ busy, onTake, typed }: { readonly busy: boolean; readonly onTake: Take; readonly typed: Typed }) {
  const words = TYPED[typed];
  const [number, setNumber] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim() === "") setWrong(t(words.wrong));
        else if (!busy) void onTake(number.trim(), setWrong);
      }}
    >
      <Field
        label={tx(words.label)}
        hint={tx(words.hint)}
        error={wrong}
        value={number}
        onValue={setNumber}
        input={{ name: "code-number", inputMode: words.mode, autoComplete: "off", autoCapitalize: "none", spellcheck: false }}
      />
      <Button submit busy={busy}>
        {tx(words.go)}
      </Button>
    </form>
  );
}

interface PictureProps {
  readonly onTake: Take;
  readonly onTrouble: (words: string | null) => void;
}

function PictureButton({ onTake, onTrouble }: PictureProps) {
  const file = useRef<HTMLInputElement>(null);
  const read = async (picture: File | undefined): Promise<void> => {
    if (!picture) return;
    const text = await readPicture(picture);
    if (text === null) onTrouble(t("scan.picture_none"));
    else await onTake(text, onTrouble);
    if (file.current) file.current.value = "";
  };
  return (
    <label class="button button-plain button-wide file-button">
      <Icon name="image" />
      <span>{tx("scan.picture")}</span>
      <input
        ref={file}
        type="file"
        accept="image/*"
        class="hidden"
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
    </label>
  );
}
