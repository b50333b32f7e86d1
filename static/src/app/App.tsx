import { Toasts } from "../components/Toast";
import { Skeleton } from "../components/Waiting";
import { t } from "../i18n";
import { acting } from "../state/acting";
import { session } from "../state/session";
import { ActingBand } from "./ActingBand";
import { question } from "../state/step-up";
import { BottomBar } from "./BottomBar";
import { Mishap } from "./Mishap";
import { OfflineBanner } from "./OfflineBanner";
import { OutOfScope } from "./OutOfScope";
import { go, place } from "./router";
import { lazy } from "./lazy";
import { findRoute, type Found } from "./routes";

/** Travels to the phone when it is first asked for. */
const StepUpSheet = lazy(async () => (await import("../screens/step-up/StepUpSheet")).default);

function Stage({ found }: { readonly found: Found }) {
  const current = session.value;
  const { kind } = current;
  if (kind === "unknown") return <Skeleton lines={5} />;
  if (found.route.needs === "person" && kind === "out") {
    queueMicrotask(() => go(`/sign-in?next=${encodeURIComponent(place.peek().path)}`, { replace: true }));
    return <Skeleton lines={5} />;
  }
  if (current.kind === "device") {
    const own = current.device.kind === "till" ? "till" : "screen";
    if (found.route.shell !== own) {
      queueMicrotask(() => go(`/${own}`, { replace: true }));
      return <Skeleton lines={5} />;
    }
  }
  const { screen: Screen, acts } = found.route;
  const other = acting.value;
  if (other && acts !== "all" && !(acts && other.scopes.includes(acts))) return <OutOfScope other={other} />;
  // Another person's page is another page: nothing that was read for one is ever shown for the other.
  return <Screen key={`${place.value.path} ${other?.person ?? ""}`} values={found.values} />;
}

/** The house: a skip link, the screen of this address, and the five places under it. Tills and screens have no bar of places. */
export function App() {
  const found = findRoute(place.value.path);
  return (
    <div class={`app app-${found.route.shell}${acting.value ? " app-acting" : ""}`}>
      <a class="skip" href="#main">
        {t("app.skip")}
      </a>
      <ActingBand />
      <OfflineBanner />
      <main id="main" tabIndex={-1}>
        <Mishap key={`${place.value.path} ${acting.value?.person ?? ""}`}>
          <Stage found={found} />
        </Mishap>
      </main>
      <Toasts />
      {question.value && <StepUpSheet values={{}} />}
      {found.route.shell === "resident" && <BottomBar />}
    </div>
  );
}
