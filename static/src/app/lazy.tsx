import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { Notice } from "../components/Notice";
import { Button } from "../components/Button";
import { Skeleton } from "../components/Waiting";
import { speakAlso, tx, type Part } from "../i18n";
import type { Values } from "./router";

export type Screen = ComponentType<{ readonly values: Values }>;

/** This function will make a screen of a file that travels only when somebody goes there. */
export function lazy(load: () => Promise<Screen>): Screen {
  const loaded = signal<{ screen: Screen | null; failed: boolean }>({ screen: null, failed: false });
  let underway: Promise<void> | null = null;
  const start = (): void => {
    underway ??= load().then(
      (screen) => {
        loaded.value = { screen, failed: false };
      },
      () => {
        underway = null;
        loaded.value = { screen: null, failed: true };
      },
    );
  };
  return function Lazy(props) {
    const { screen: Loaded, failed } = loaded.value;
    if (Loaded) return <Loaded {...props} />;
    if (!failed) {
      start();
      return <Skeleton />;
    }
    return (
      <div class="page-body">
        <Notice kind="warn" title={tx("lazy.failed")} spoken>
          <Button onPress={start}>{tx("again")}</Button>
        </Notice>
      </div>
    );
  };
}

const lazyWith = (part: Part, load: () => Promise<Screen>): Screen =>
  lazy(async () => (await Promise.all([load(), speakAlso(part)]))[0]);

/** This function will make a screen of those who work at a shop: their words travel with it. */
export const lazyAtWork = (load: () => Promise<Screen>): Screen => lazyWith("work", load);

/** This function will make a screen of getting about: its words travel with it. */
export const lazyOnTheWay = (load: () => Promise<Screen>): Screen => lazyWith("go", load);
