import { render } from "preact";
import "./styles/index.css";
import { App } from "./app/App";
import { watchForTouch } from "./components/sound";
import { go, watchHistory } from "./app/router";
import { speak } from "./i18n";
import { watchInbox } from "./state/inbox";
import { watchNight } from "./state/night";
import { watchActing } from "./state/acting";
import { watchNetwork } from "./state/network";
import { watchPush } from "./state/push";
import { startSession, watchSession } from "./state/session";
import { watchStepUp } from "./state/step-up";
import { startLanguage, startTextSize } from "./state/settings";
import { watchWallet } from "./state/wallet";

async function start(): Promise<void> {
  startTextSize();
  watchHistory();
  watchNetwork();
  watchSession();
  watchNight();
  watchActing(() => go("/", { replace: true }));
  watchStepUp();
  watchWallet();
  watchInbox();
  watchPush();
  watchForTouch();
  const who = startSession();
  await speak(startLanguage());
  const stage = document.getElementById("app");
  if (!stage) throw new Error("the shell page has no #app");
  stage.replaceChildren();
  render(<App />, stage);
  await who;
}

void start();

if ("serviceWorker" in navigator && import.meta.env.PROD) {
  window.addEventListener("load", () => void navigator.serviceWorker.register("/sw.js"));
}
