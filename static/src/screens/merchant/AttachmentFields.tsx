import { useEffect, useRef, useState } from "preact/hooks";
import {
  attach,
  attachmentAddress,
  MOST_OF_KIND,
  removeAttachment,
  type Application,
  type Attachment,
  type AttachmentKind,
} from "../../api/merchants";
import type { Upload } from "../../api/upload";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { Sheet } from "../../components/Sheet";
import { t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import type { Faults } from "./faults";
import { fit, sizeText } from "./photo";

const TAKEN = "image/jpeg,image/png,application/pdf";

export const ATTACHMENT_WORDS: Readonly<Record<AttachmentKind, TextKey>> = {
  licence: "merchant.paper_licence",
  business: "merchant.paper_business",
  passbook: "merchant.paper_passbook",
  other: "merchant.paper_other",
};
const HINTS: Readonly<Record<AttachmentKind, TextKey>> = {
  licence: "merchant.paper_licence_hint",
  business: "merchant.paper_business_hint",
  passbook: "merchant.paper_passbook_hint",
  other: "merchant.paper_other_hint",
};

interface Props {
  readonly application: Application;
  readonly onApplication: (application: Application) => void;
  readonly faults: Faults;
}

/** Photos and scans that the review needs, one card a kind; each is kept by the city as soon as it is there. */
export function AttachmentFields({ application, onApplication, faults }: Props) {
  const [seen, setSeen] = useState<Attachment | null>(null);
  return (
    <>
      <p>{tx("merchant.papers_what")}</p>
      {application.attachments_asked.map(({ kind, is_required }) => (
        <Kind
          key={kind}
          kind={kind}
          required={is_required}
          application={application}
          onApplication={onApplication}
          onSee={setSeen}
          error={faults[`attachments.${kind}`]}
        />
      ))}
      <Sheet open={seen !== null} onClose={() => setSeen(null)} title={seen ? tx(ATTACHMENT_WORDS[seen.kind]) : ""}>
        {seen && <img class="paper-photo" src={attachmentAddress(seen.id)} alt={t(ATTACHMENT_WORDS[seen.kind])} />}
      </Sheet>
    </>
  );
}

interface KindProps extends Omit<Props, "faults"> {
  readonly kind: AttachmentKind;
  readonly required: boolean;
  readonly onSee: (paper: Attachment) => void;
  readonly error: string | undefined;
}

function Kind({ kind, required, application, onApplication, onSee, error }: KindProps) {
  const papers = application.attachments.filter((each) => each.kind === kind);
  const box = useRef<HTMLInputElement>(null);
  const [replaced, setReplaced] = useState<Attachment | null>(null);
  const sending = useSending(application.id, kind, onApplication);
  const trouble = sending.trouble ?? (papers.length === 0 ? error : undefined);
  const choose = (old: Attachment | null): void => {
    setReplaced(old);
    box.current?.click();
  };
  const chosen = (file: File | undefined): void => {
    if (file) void sending.send(file, replaced, papers.length);
    if (box.current) box.current.value = ""; // the same photo can be chosen again
  };
  return (
    <Card title={tx(ATTACHMENT_WORDS[kind])} end={<span class="soft">{tx(required ? "merchant.paper_needed" : "merchant.paper_if_any")}</span>}>
      <p class="field-hint">{tx(HINTS[kind])}</p>
      <ul class="papers" aria-label={t(ATTACHMENT_WORDS[kind])}>
        {papers.map((paper, index) => (
          <li key={paper.id} class="paper">
            <Icon name={paper.media === "application/pdf" ? "receipt" : "image"} />
            <span class="paper-name">
              {tx("merchant.paper_number", { number: index + 1 })} <span class="soft">{sizeText(paper.size)}</span>
            </span>
            <PaperDeeds paper={paper} number={index + 1} busy={sending.part !== null} onSee={onSee} onReplace={choose} onRemove={sending.remove} />
          </li>
        ))}
      </ul>
      {sending.part !== null && (
        <div class="paper-sending">
          <p role="status">{t("merchant.paper_sending", { percent: Math.round(sending.part * 100) })}</p>
          <progress class="paper-progress" value={sending.part} max={1} aria-label={t(ATTACHMENT_WORDS[kind])} />
          <Button onPress={sending.stop}>{tx("merchant.paper_stop")}</Button>
        </div>
      )}
      {trouble && (
        <p class="field-error" role="alert">
          <Icon name="error" size="s" /> {trouble}
        </p>
      )}
      <input ref={box} type="file" hidden accept={TAKEN} onChange={(event) => chosen(event.currentTarget.files?.[0])} />
      {papers.length < MOST_OF_KIND && sending.part === null && (
        <Button wide icon="camera" label={t("merchant.paper_add_of", { kind: t(ATTACHMENT_WORDS[kind]) })} onPress={() => choose(null)}>
          {tx(papers.length === 0 ? "merchant.paper_add" : "merchant.paper_more")}
        </Button>
      )}
    </Card>
  );
}

interface DeedsProps {
  readonly paper: Attachment;
  readonly number: number;
  readonly busy: boolean;
  readonly onSee: (paper: Attachment) => void;
  readonly onReplace: (paper: Attachment) => void;
  readonly onRemove: (paper: Attachment) => Promise<void>;
}

function PaperDeeds({ paper, number, busy, onSee, onReplace, onRemove }: DeedsProps) {
  const which = t("merchant.paper_number", { number });
  return (
    <span class="paper-deeds">
      {paper.media === "application/pdf" ? (
        <a class="button button-quiet" href={attachmentAddress(paper.id)} target="_blank" rel="noopener">
          {tx("merchant.paper_see")}
        </a>
      ) : (
        <Button look="quiet" label={`${t("merchant.paper_see")} ${which}`} onPress={() => onSee(paper)}>
          {tx("merchant.paper_see")}
        </Button>
      )}
      <Button look="quiet" disabled={busy} label={`${t("merchant.paper_replace")} ${which}`} onPress={() => onReplace(paper)}>
        {tx("merchant.paper_replace")}
      </Button>
      <Button look="quiet" disabled={busy} label={`${t("merchant.paper_remove")} ${which}`} onPress={() => void onRemove(paper)}>
        {tx("merchant.paper_remove")}
      </Button>
    </span>
  );
}

/** Sending and removing, one at a time: how far it is, and why it came to nothing. */
function useSending(id: string, kind: AttachmentKind, onApplication: (application: Application) => void) {
  const [part, setPart] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const way = useRef<Upload<Application> | null>(null);
  useEffect(() => () => way.current?.stop(), []);

  const run = async (deed: () => Promise<void>): Promise<void> => {
    setTrouble(null);
    setPart(0);
    try {
      await deed();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) setTrouble(problemText(error));
    } finally {
      way.current = null;
      setPart(null);
    }
  };
  /** The new one comes before the old one goes, where there is room for both: nothing is lost when the way breaks. */
  const send = (file: File, replaced: Attachment | null, count: number): Promise<void> =>
    run(async () => {
      if (replaced && count >= MOST_OF_KIND) onApplication(await removeAttachment(replaced.id));
      way.current = attach(id, kind, await fit(file), setPart);
      const sent = await way.current.answer;
      const stands = replaced && count < MOST_OF_KIND && sent.attachments.filter((each) => each.kind === kind).length > count;
      onApplication(stands ? await removeAttachment(replaced.id) : sent);
    });
  const remove = (paper: Attachment): Promise<void> => run(async () => onApplication(await removeAttachment(paper.id)));
  return { part, trouble, send, remove, stop: () => way.current?.stop() };
}
