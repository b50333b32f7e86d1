import { forgetPlace, type SavedKind, type SavedPlace } from "../../api/places";
import { Page } from "../../app/Page";
import { Button, ButtonLink } from "../../components/Button";
import { Card } from "../../components/Card";
import { Icon } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
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
          {places.map((each) => (
            <Kept key={each.id} place={each} onChange={onChange} />
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

function Kept({ place, onChange }: { readonly place: SavedPlace; readonly onChange: () => Promise<void> }) {
  const { busy, trouble, run } = useDeed();
  const name = savedName(place);
  const forget = async (): Promise<void> => {
    await forgetPlace(place.id);
    toast(t("saved.forgotten", { name }));
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
        <button type="button" class="icon-button" aria-label={t("saved.forget", { name })} aria-busy={busy} onClick={() => void run(forget)}>
          <Icon name="trash" />
        </button>
      </div>
      {trouble && <Notice kind="error" title={trouble} spoken />}
    </li>
  );
}
