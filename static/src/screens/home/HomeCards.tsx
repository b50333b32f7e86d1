import { useEffect, useState } from "preact/hooks";
import { chooseCards, readHome, type HomeCard, type HomeView } from "../../api/messages";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import type { IconName } from "../../components/Icon";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Sheet } from "../../components/Sheet";
import { Tick } from "../../components/Tick";
import { toast } from "../../components/Toast";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { inbox } from "../../state/inbox";
import { session } from "../../state/session";
import { mine } from "../../state/wallet";
import { BalanceCard } from "./BalanceCard";
import { hereIfAllowed } from "./here";

const BALANCE = "wallet.balance";
const ICONS: Readonly<Record<string, IconName>> = {
  "accounts.messages": "bell",
  "accounts.passkey": "key",
  "wallet.ending": "clock",
  "wallet.premium": "gift",
};

/** The cards of all parts of the city in the order that the city gives them; the balance first until they are there. */
export function HomeCards() {
  const [home, setHome] = useState<HomeView | null>(null);
  const [choosing, setChoosing] = useState(false);
  const signedIn = session.value.kind === "in";
  const unread = inbox.value?.unread.unread;
  const balance = mine.value?.balance.version;

  useEffect(() => {
    if (!signedIn) return;
    let wanted = true;
    void hereIfAllowed()
      .then(readHome)
      .then((found) => wanted && setHome(found))
      .catch(() => undefined); // what the phone knows by itself stands anyway
    return () => {
      wanted = false;
    };
  }, [signedIn, unread, balance]);

  if (!signedIn || !home) return <BalanceCard />;
  return (
    <>
      {home.cards.map((card) => (card.kind === BALANCE ? <BalanceCard key={card.key} /> : <OneCard key={card.key} card={card} />))}
      {home.cards.length === 0 && (
        <EmptyState icon="home" title={tx("home.cards_empty")}>
          {tx("home.cards_empty_how")}
        </EmptyState>
      )}
      <Button look="quiet" wide onPress={() => setChoosing(true)}>
        {tx("home.cards_choose")}
      </Button>
      <Sheet open={choosing} onClose={() => setChoosing(false)} title={tx("home.cards_choose")}>
        <Choices home={home} onChange={setHome} />
      </Sheet>
    </>
  );
}

function OneCard({ card }: { readonly card: HomeCard }) {
  return (
    <List>
      <Row
        icon={card.can_be_hidden ? (ICONS[card.kind] ?? "info") : "warn"}
        title={card.title}
        detail={
          <>
            {!card.can_be_hidden && <strong>{tx("messages.life")} · </strong>}
            {card.detail}
          </>
        }
        href={card.link}
      />
    </List>
  );
}

/** What stands first, and what not at all: kept at once, and seen behind the sheet. */
function Choices({ home, onChange }: { readonly home: HomeView; readonly onChange: (home: HomeView) => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const choose = async (kind: string, change: { pinned?: boolean; hidden?: boolean }): Promise<void> => {
    const kinds = home.kinds.map((each) =>
      each.kind === kind ? { is_pinned: change.pinned ?? each.is_pinned, is_hidden: change.hidden ?? each.is_hidden, kind } : each,
    );
    setTrouble(null);
    try {
      await chooseCards(
        kinds.filter(({ is_pinned }) => is_pinned).map((each) => each.kind),
        kinds.filter(({ is_hidden }) => is_hidden).map((each) => each.kind),
      );
      onChange(await readHome(null));
      toast(t("messages.kept"));
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  return (
    <>
      {trouble && <Notice kind="error" title={trouble} spoken />}
      {home.kinds.map(({ kind, title, is_pinned, is_hidden }) => (
        <fieldset key={kind} class="card tick-card">
          <legend class="card-title">{title}</legend>
          <Tick checked={!is_hidden} onChecked={(shown) => void choose(kind, { hidden: !shown })}>
            {tx("home.cards_show")}
          </Tick>
          <Tick checked={is_pinned} disabled={is_hidden} onChecked={(pinned) => void choose(kind, { pinned })}>
            {tx("home.cards_first")}
          </Tick>
        </fieldset>
      ))}
    </>
  );
}
