import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { NoAnswerError } from "../../api/problems";
import type { Group, TownShop } from "../../api/shops";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { Field } from "../../components/Field";
import { List, Row } from "../../components/List";
import { Notice } from "../../components/Notice";
import { Tick } from "../../components/Tick";
import { Skeleton } from "../../components/Waiting";
import { language, t, tx, type TextKey } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { shopName } from "../../i18n/shop-name";
import { whereAmI } from "../../state/here";
import { Door } from "./Door";
import { canDraw } from "./drawing";
import { awayText, find, type Found, type Wish } from "./search";
import { loadTownShops, NO_WISH, shops, wish } from "./state";

const GROUPS: readonly (readonly [Group | "all", TextKey])[] = [
  ["all", "shops.all"],
  ["eat", "shops.eat"],
  ["food", "shops.food"],
  ["shopping", "shops.shopping"],
  ["health", "shops.health"],
  ["leisure", "shops.leisure"],
  ["other", "shops.other"],
];

/** Where the coin is taken: found by words, kind, open door and nearness; everything happens on the phone. */
export default function Shops() {
  const [trouble, setTrouble] = useState<unknown>(null);
  const load = (): void => {
    setTrouble(null);
    loadTownShops().catch(setTrouble);
  };
  useEffect(load, []);
  const known = shops.value;
  return (
    <Page title={t("shops.title")} heading={tx("shops.title")} back="/pay">
      <Wishes all={known ?? []} />
      {trouble !== null && !known && (
        <Notice kind="warn" title={trouble instanceof NoAnswerError ? tx("shops.offline") : problemText(trouble)} spoken>
          <Button onPress={load}>{tx("again")}</Button>
        </Notice>
      )}
      {!known && trouble === null && <Skeleton lines={6} />}
      {known && <Results found={find(known, wish.value)} />}
    </Page>
  );
}

const change = (part: Partial<Wish>): void => {
  wish.value = { ...wish.peek(), ...part };
};

function Wishes({ all }: { readonly all: readonly TownShop[] }) {
  const { words, group, openOnly } = wish.value;
  const there = GROUPS.filter(([each]) => each === "all" || all.some((shop) => shop.group === each));
  return (
    <search class="stack">
      <Field
        label={tx("shops.search")}
        hint={tx("shops.search_hint")}
        value={words}
        onValue={(text) => change({ words: text })}
        input={{ type: "search", enterkeyhint: "search", autocomplete: "off" }}
      />
      <div class="chips" role="group" aria-label={t("shops.trade")}>
        {there.map(([each, word]) => (
          <button key={each} type="button" class="chip" aria-pressed={group === each} onClick={() => change({ group: each })}>
            {tx(word)}
          </button>
        ))}
      </div>
      <Tick checked={openOnly} onChecked={(chosen) => change({ openOnly: chosen })}>
        {tx("shops.open_only")}
      </Tick>
      <Near />
    </search>
  );
}

function Near() {
  const [state, setState] = useState<"idle" | "busy" | "denied">("idle");
  if (wish.value.here) return null;
  const ask = async (): Promise<void> => {
    setState("busy");
    const here = await whereAmI();
    setState(here ? "idle" : "denied");
    change({ here });
  };
  return (
    <div class="stack">
      <Button icon="go" busy={state === "busy"} onPress={() => void ask()}>
        {tx("shops.near")}
      </Button>
      <p class="soft" role={state === "denied" ? "alert" : undefined}>
        {tx(state === "denied" ? "shops.near_denied" : "shops.near_why")}
      </p>
    </div>
  );
}

type MapScreen = ComponentType<{ readonly found: readonly Found[] }>;

/** The map is fetched when somebody asks for it; where it cannot be drawn, the list is the map. */
function OnMap({ found }: { readonly found: readonly Found[] }) {
  const [state, setState] = useState<"closed" | "coming" | "failed" | { readonly screen: MapScreen }>("closed");
  const open = async (): Promise<void> => {
    if (!canDraw()) return setState("failed");
    setState("coming");
    try {
      setState({ screen: (await import("./ShopMap")).default });
    } catch {
      setState("failed");
    }
  };
  if (state === "failed") return <p class="soft" role="status">{tx("shops.no_map")}</p>;
  if (typeof state === "object") return <state.screen found={found} />;
  return (
    <Button icon="go" busy={state === "coming"} onPress={() => void open()}>
      {tx("shops.show_map")}
    </Button>
  );
}

function Results({ found }: { readonly found: readonly Found[] }) {
  return (
    <>
      {found.some(({ shop }) => shop.details.point) && <OnMap found={found} />}
      <p class="soft" role="status">
        {t("shops.count", { count: found.length })}
      </p>
      {found.length === 0 ? (
        <EmptyState
          icon="shop"
          title={tx("shops.none")}
          action={<Button onPress={() => (wish.value = NO_WISH)}>{tx("shops.clear")}</Button>}
        >
          {tx("shops.none_how")}
        </EmptyState>
      ) : (
        <List label={t("shops.title")}>
          {found.map(({ shop, away }) => (
            <Row
              key={shop.id}
              icon="shop"
              title={shopName(shop)}
              detail={
                <>
                  {kindOf(shop)} · <Door shop={shop} />
                </>
              }
              {...(away === null ? {} : { end: awayText(away) })}
              href={`/pay/shops/${shop.id}`}
            />
          ))}
        </List>
      )}
    </>
  );
}

/** This function will say what kind of shop it is, in the reader's letters. */
export function kindOf({ details, district }: TownShop): string {
  const japanese = language.value.startsWith("ja");
  const kind = japanese ? details.kind : details.kind_en;
  return [kind, japanese ? district : ""].filter(Boolean).join(" · ");
}
