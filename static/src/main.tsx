import { render } from "preact";
import "./styles/index.css";
import { App } from "./app/App";
import { watchForTouch } from "./components/sound";
import { watchHistory } from "./app/router";
import { speak } from "./i18n";
import { watchNetwork } from "./state/network";
import { startSession, watchSession } from "./state/session";
import { startLanguage, startTextSize } from "./state/settings";
import { watchWallet } from "./state/wallet";

async function start(): Promise<void> {
  startTextSize();
  watchHistory();
  watchNetwork();
  watchSession();
  watchWallet();
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
