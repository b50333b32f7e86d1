import { Toasts } from "../components/Toast";
import { Skeleton } from "../components/Waiting";
import { t } from "../i18n";
import { session } from "../state/session";
import { BottomBar } from "./BottomBar";
import { Mishap } from "./Mishap";
import { OfflineBanner } from "./OfflineBanner";
import { go, place } from "./router";
import { findRoute, type Found } from "./routes";

function Stage({ found }: { readonly found: Found }) {
  const { kind } = session.value;
  if (kind === "unknown") return <Skeleton lines={5} />;
  if (found.route.needs === "person" && kind === "out") {
    queueMicrotask(() => go(`/sign-in?next=${encodeURIComponent(place.peek().path)}`, { replace: true }));
    return <Skeleton lines={5} />;
  }
  const { screen: Screen } = found.route;
  return <Screen key={place.value.path} values={found.values} />;
}

/** The house: a skip link, the screen of this address, and the five places under it. A till has no bar of places. */
export function App() {
  const found = findRoute(place.value.path);
  return (
    <div class={`app app-${found.route.shell}`}>
      <a class="skip" href="#main">
        {t("app.skip")}
      </a>
      <OfflineBanner />
      <main id="main" tabIndex={-1}>
        <Mishap key={place.value.path}>
          <Stage found={found} />
        </Mishap>
      </main>
      <Toasts />
      {found.route.shell === "resident" && <BottomBar />}
    </div>
  );
}
