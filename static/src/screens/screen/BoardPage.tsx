import { useEffect, useRef, useState } from "preact/hooks";
import type { PublicNotice } from "../../api/boards";
import type { TownDevice } from "../../api/devices";
import { DateTime, useNow } from "../../components/DateTime";
import { EmptyState } from "../../components/EmptyState";
import { LanguagePicker } from "../../components/LanguagePicker";
import { List, Row } from "../../components/List";
import { QrCode } from "../../components/QrCode";
import { Sheet } from "../../components/Sheet";
import { Skeleton } from "../../components/Waiting";
import { language, LANGUAGE_TAGS, t, tx, type Language } from "../../i18n";
import { chooseLanguage } from "../../state/session";
import { useAwake } from "../pay/awake";
import { inWords, useBoard, type Shown } from "./board";

/** As many as can be read from across a hall, and as many as a finger finds. */
const ON_A_WALL = 3;
const IDLE_MS = 90_000;
const DOORS = { app: "screen.door_app", counter_code: "screen.door_counter" } as const;
const STEPS = { app: "screen.door_app_how", counter_code: "screen.door_counter_how" } as const;

/** A screen of the town: whose it is, the hour, what everybody was told, and for whoever stands before it the way to their own phone. */
export function BoardPage({ device }: { readonly device: TownDevice }) {
  const shown = useBoard(device.id);
  const touched = device.kind !== "signage";
  useAwake();
  useForgetLanguage(touched);
  useEffect(() => {
    document.title = `${device.label} · ${t("app.name")}`;
  }, [device.label]);
  if (!shown) return <Skeleton lines={5} />;
  return (
    <div class={`board board-${device.kind}`}>
      <Head shown={shown} />
      {touched && <LanguagePicker />}
      <div class="board-parts">
        {shown.board.doors.map(({ name, address }) => (
          <Door key={name} name={name} address={address} />
        ))}
        <section class="board-told">
          <h2 class="card-title">{tx("screen.notices")}</h2>
          <Told notices={shown.told.notices} touched={touched} />
        </section>
      </div>
      <p class="board-foot soft">
        {device.label} · {tx("screen.as_of", { time: <DateTime at={shown.at} /> })}
      </p>
    </div>
  );
}

function Head({ shown: { told } }: { readonly shown: Shown }) {
  const now = useNow(1000);
  const japanese = language.value === "ja" || language.value === "ja-easy";
  return (
    <header class="board-head">
      <h1 class="board-city">{japanese ? told.city : told.city_en}</h1>
      <p class="board-clock">
        <DateTime at={now} show="day" />
        <span class="board-hour">
          <DateTime at={now} show="time" />
        </span>
      </p>
    </header>
  );
}

function Told({ notices, touched }: { readonly notices: readonly PublicNotice[]; readonly touched: boolean }) {
  const [open, setOpen] = useState<PublicNotice | null>(null);
  if (notices.length === 0) return <EmptyState icon="bell" title={tx("screen.none")} />;
  if (!touched) {
    return (
      <ul class="board-list">
        {notices.slice(0, ON_A_WALL).map((each) => (
          <li key={each.id} class={`card board-notice${each.priority === "life" ? " board-life" : ""}`} lang={tagOf(each)}>
            {each.priority === "life" && <p class="board-life-word">{tx("messages.life")}</p>}
            <h3 class="board-title">{inWords(each).title}</h3>
            <p class="board-body">{inWords(each).body}</p>
            <p class="soft">
              <DateTime at={each.at} />
            </p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <>
      <List label={t("screen.notices")}>
        {notices.map((each) => (
          <Row
            key={each.id}
            icon={each.priority === "life" ? "warn" : "bell"}
            title={<span lang={tagOf(each)}>{inWords(each).title}</span>}
            detail={
              <>
                {each.priority === "life" && <>{tx("messages.life")} · </>}
                <DateTime at={each.at} />
              </>
            }
            onPress={() => setOpen(each)}
          />
        ))}
      </List>
      <Sheet open={open !== null} onClose={() => setOpen(null)} title={open && <span lang={tagOf(open)}>{inWords(open).title}</span>}>
        {open && (
          <p class="message-body" lang={tagOf(open)}>
            {inWords(open).body}
          </p>
        )}
      </Sheet>
    </>
  );
}

const tagOf = (notice: PublicNotice): string => LANGUAGE_TAGS[inWords(notice).lang as Language];

function Door({ name, address }: { readonly name: string; readonly address: string }) {
  if (name !== "app" && name !== "counter_code") return null;
  return (
    <section class="card board-door">
      <h2 class="card-title">{tx(DOORS[name])}</h2>
      <p>{tx(STEPS[name])}</p>
      <QrCode text={address} label={t(DOORS[name])} />
      <p class="soft small board-address">{address}</p>
    </section>
  );
}

/** Whoever comes next finds the language that the screen was set up in. */
function useForgetLanguage(touched: boolean): void {
  const first = useRef(language.peek());
  useEffect(() => {
    if (!touched) return undefined;
    let timer = 0;
    const wait = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (language.peek() !== first.current) void chooseLanguage(first.current).catch(() => undefined);
      }, IDLE_MS);
    };
    window.addEventListener("pointerdown", wait);
    window.addEventListener("keydown", wait);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("pointerdown", wait);
      window.removeEventListener("keydown", wait);
    };
  }, [touched]);
}
