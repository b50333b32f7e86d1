import { useEffect, useState } from "preact/hooks";
import {
  changeMessageSettings,
  linkLine,
  readMessageSettings,
  type Channel,
  type MessageSettings as Settings,
} from "../../api/messages";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Notice } from "../../components/Notice";
import { Tick } from "../../components/Tick";
import { toast } from "../../components/Toast";
import { Skeleton } from "../../components/Waiting";
import { t, tx } from "../../i18n";
import { problemText } from "../../i18n/problem-text";
import { ThisDevice } from "./ThisDevice";

const QUIET_FROM = "22:00";
const QUIET_TO = "07:00";

type Change = (settings: Settings) => Promise<Settings>;

const choicesOf = (settings: Settings): Record<string, readonly Channel[]> =>
  Object.fromEntries(settings.categories.map(({ category, channels }) => [category, channels]));

/** How messages come, and when they stay silent. Each change is kept at once. */
export default function MessageSettings() {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const run = async (deed: () => Promise<Settings>, done: boolean): Promise<void> => {
    setTrouble(null);
    try {
      setSettings(await deed());
      if (done) toast(t("messages.kept"));
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  const load = (): Promise<void> => run(readMessageSettings, false);
  useEffect(() => void load(), []);
  const change = (deed: Change): void => {
    if (settings) void run(() => deed(settings), true);
  };

  return (
    <Page title={t("messages.settings")} heading={tx("messages.settings")} back="/me">
      {trouble && (
        <Notice kind="error" title={trouble} spoken>
          {!settings && <Button onPress={() => void load()}>{tx("again")}</Button>}
        </Notice>
      )}
      {!settings && !trouble && <Skeleton lines={5} />}
      {settings && (
        <>
          <ThisDevice />
          <Categories settings={settings} change={change} />
          <Quiet settings={settings} change={change} />
          <Line settings={settings} change={change} />
          <p class="soft">{tx("messages.life_always")}</p>
        </>
      )}
    </Page>
  );
}

interface PartProps {
  readonly settings: Settings;
  readonly change: (deed: Change) => void;
}

function Categories({ settings, change }: PartProps) {
  const offered = settings.channels.filter(({ is_offered }) => is_offered);
  const choose = (category: string, channel: Channel, wanted: boolean): void =>
    change((now) => {
      const choices = choicesOf(now);
      const others = (choices[category] ?? []).filter((each) => each !== channel);
      return changeMessageSettings({ ...choices, [category]: wanted ? [...others, channel] : others }, now.quiet_from, now.quiet_to);
    });
  return (
    <>
      {settings.categories.map(({ category, title, is_essential, channels }) => (
        <fieldset key={category} class="card tick-card">
          <legend class="card-title">{title}</legend>
          {offered.map(({ channel, is_reachable }) => {
            const fixed = is_essential && channel === "email";
            return (
              <Tick
                key={channel}
                detail={fixed ? tx("messages.essential") : !is_reachable && channel !== "push" ? tx(`messages.how_${channel}`) : null}
                checked={fixed || channels.includes(channel)}
                disabled={fixed}
                onChecked={(wanted) => choose(category, channel, wanted)}
              >
                {tx(`messages.by_${channel}`)}
              </Tick>
            );
          })}
        </fieldset>
      ))}
    </>
  );
}

function Quiet({ settings, change }: PartProps) {
  const { quiet_from: from, quiet_to: to } = settings;
  const keep = (nextFrom: string | null, nextTo: string | null): void =>
    change((now) => changeMessageSettings(choicesOf(now), nextFrom, nextTo));
  return (
    <fieldset class="card tick-card">
      <legend class="card-title">{tx("messages.quiet")}</legend>
      <Tick
        detail={tx("messages.quiet_what")}
        checked={from !== null}
        onChecked={(wanted) => (wanted ? keep(QUIET_FROM, QUIET_TO) : keep(null, null))}
      >
        {tx("messages.quiet_on")}
      </Tick>
      {from !== null && to !== null && (
        <div class="hours">
          <label class="hours-part">
            <span class="field-label">{tx("messages.quiet_from")}</span>
            <input class="field-box" type="time" value={from} onChange={(event) => event.currentTarget.value && keep(event.currentTarget.value, to)} />
          </label>
          <label class="hours-part">
            <span class="field-label">{tx("messages.quiet_to")}</span>
            <input class="field-box" type="time" value={to} onChange={(event) => event.currentTarget.value && keep(from, event.currentTarget.value)} />
          </label>
        </div>
      )}
    </fieldset>
  );
}

/** In a demo city LINE is a letter box of ours, linked by one press; a real link comes with the chat. */
function Line({ settings, change }: PartProps) {
  const line = settings.channels.find(({ channel }) => channel === "line");
  if (!line?.is_offered) return null;
  return (
    <Card title={tx("messages.line")}>
      <p>{tx(line.is_reachable ? "messages.line_on" : "messages.line_what")}</p>
      <Button wide onPress={() => change(() => linkLine(!line.is_reachable))}>
        {tx(line.is_reachable ? "messages.line_unlink" : "messages.line_link")}
      </Button>
    </Card>
  );
}
