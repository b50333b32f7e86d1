import { follow } from "../components/Button";
import { Icon, type IconName } from "../components/Icon";
import { t, type TextKey } from "../i18n";
import { place } from "./router";

const PLACES: readonly { readonly path: string; readonly icon: IconName; readonly word: TextKey }[] = [
  { path: "/", icon: "home", word: "bar.home" },
  { path: "/go", icon: "go", word: "bar.go" },
  { path: "/pay", icon: "pay", word: "bar.pay" },
  { path: "/office", icon: "office", word: "bar.office" },
  { path: "/safe", icon: "safe", word: "bar.safe" },
];

function inside(path: string, here: string): boolean {
  return path === "/" ? here === "/" || here.startsWith("/me") : here === path || here.startsWith(`${path}/`);
}

/** Five places, always there. */
export function BottomBar() {
  const here = place.value.path;
  return (
    <nav class="bar" aria-label={t("bar.label")}>
      <ul class="bar-places">
        {PLACES.map(({ path, icon, word }) => (
          <li key={path}>
            <a
              class="bar-place"
              href={path}
              aria-current={inside(path, here) ? (path === here ? "page" : "true") : undefined}
              onClick={(event) => follow(event, path)}
            >
              <Icon name={icon} />
              <span class="bar-word">{t(word)}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
