import { useState } from "preact/hooks";
import { arrangePlaces, forgetPlace, renamePlace, type SavedKind, type SavedPlace } from "../../api/places";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { Field } from "../../components/Field";
import { Icon, type IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { Skeleton } from "../../components/Waiting";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { session } from "../../state/session";
import { savedName, SAVED_ICONS, useSaved } from "./useSaved";

const OF_ONE: readonly SavedKind[] = ["home", "work", "school"];

/** Home, work and the other places that somebody goes to often. Whoever is not signed in is told what they can do without. */
export default function SavedPage() {
  const { places, trouble, load } = useSaved();
  const known = session.value.kind === "in";
  return (
    <Page title={t("saved.title")} heading={tx("saved.title")} back="/go">
      {!known && (
        <Card>
          <p>{tx("saved.sign_in")}</p>
          <ButtonLink look="main" wide href="/sign-in?next=/go/saved">
            {tx("saved.sign_in_do")}
          </ButtonLink>
        </Card>
      )}
      {known && <p>{tx("saved.row")}</p>}
      {trouble !== null && (
        <Notice kind="warn" title={problemText(trouble)} spoken>
          <Button onPress={() => void load()}>{tx("again")}</Button>
        </Notice>
      )}
      {known && places === null && trouble === null && <Skeleton lines={4} />}
      {places && <Places places={places} onChange={load} />}
      {known && <p class="soft">{tx("saved.why")}</p>}
    </Page>
  );
}

function Places({ places, onChange }: { readonly places: readonly SavedPlace[]; readonly onChange: () => Promise<void> }) {
  const missing = OF_ONE.filter((kind) => !places.some((each) => each.kind === kind));
  return (
    <>
      {places.length > 0 && (
        <ul class="list">
          {places.map((each, n) => (
            <Kept key={each.id} place={each} raised={places.length > 1 ? raised(places, n) : null} onChange={onChange} />
          ))}
        </ul>
      )}
      <List>
        {missing.map((kind) => (
          <Row key={kind} icon={SAVED_ICONS[kind]} title={tx(`saved.kind_${kind}`)} detail={tx("saved.add")} href={`/go/place?for=${kind}`} />
        ))}
        <Row icon="plus" title={tx("saved.add_other")} href="/go/place?for=other" />
      </List>
    </>
  );
}

/** This function will give the ids of places with the one at `n` before the one that stands above it; none where it is the first. */
function raised(places: readonly SavedPlace[], n: number): readonly string[] {
  if (n === 0) return [];
  const ids = places.map(({ id }) => id);
  const [moved] = ids.splice(n, 1);
  if (moved !== undefined) ids.splice(n - 1, 0, moved);
  return ids;
}

interface KeptProps {
  readonly place: SavedPlace;
  /** The ids of all places with this one before the one that stands above it, none for the first; nothing where it is the only one. */
  readonly raised: readonly string[] | null;
  readonly onChange: () => Promise<void>;
}

function Kept({ place, raised, onChange }: KeptProps) {
  const { busy, trouble, run } = useDeed();
  const [renames, setRenames] = useState(false);
  const name = savedName(place);
  const forget = async (): Promise<void> => {
    await forgetPlace(place.id);
    toast(t("saved.forgotten", { name }));
    await onChange();
  };
  const raise = async (ids: readonly string[]): Promise<void> => {
    await arrangePlaces(ids);
    toast(t("saved.moved", { name }));
    await onChange();
  };
  return (
    <li>
      <div class="row">
        <span class="row-icon row-icon-plain">
          <Icon name={SAVED_ICONS[place.kind]} />
        </span>
        <span class="row-main">
          <span class="row-title">{place.name || tx(`saved.kind_${place.kind}`)}</span>
        </span>
        {raised && <Deed icon="up" name={t("saved.up", { name })} busy={busy} idle={raised.length === 0} onPress={() => void run(() => raise(raised))} />}
        <Deed icon="pencil" name={t("saved.rename", { name })} busy={busy} onPress={() => setRenames(true)} />
        <Deed icon="trash" name={t("saved.forget", { name })} busy={busy} onPress={() => void run(forget)} />
      </div>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      <Sheet open={renames} onClose={() => setRenames(false)} title={tx("saved.rename_title")}>
        <Rename place={place} onDone={() => setRenames(false)} onChange={onChange} />
      </Sheet>
    </li>
  );
}

interface DeedProps {
  readonly icon: IconName;
  readonly name: string;
  readonly busy: boolean;
  readonly idle?: boolean;
  readonly onPress: () => void;
}

/** What can be done to a place. One that has nothing to do keeps its place, and the focus. */
function Deed({ icon, name, busy, idle = false, onPress }: DeedProps) {
  const rests = busy || idle;
  return (
    <button type="button" class="icon-button" aria-label={name} aria-busy={busy} aria-disabled={rests ? "true" : undefined} onClick={() => !rests && onPress()}>
      <Icon name={icon} />
    </button>
  );
}

interface RenameProps {
  readonly place: SavedPlace;
  readonly onDone: () => void;
  readonly onChange: () => Promise<void>;
}

/** Home, work and school may go without a name of their own; any other place needs one. */
function Rename({ place, onDone, onChange }: RenameProps) {
  const { busy, trouble, setTrouble, run } = useDeed();
  const [name, setName] = useState(place.name);
  const rename = async (): Promise<void> => {
    const told = name.trim();
    if (!told && place.kind === "other") return setTrouble(t("saved.rename_blank"));
    await renamePlace(place, told);
    toast(t("saved.kept", { name: savedName({ kind: place.kind, name: told }) }));
    onDone();
    await onChange();
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run(rename);
      }}
    >
      <Field label={tx("saved.rename_name")} value={name} onValue={setName} error={trouble} input={{ maxLength: 60 }} />
      <Button look="main" wide submit busy={busy}>
        {tx("saved.rename_do")}
      </Button>
    </form>
  );
}
