/** Rules of this house that a type checker cannot see. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

const SOURCE = import.meta.dirname;

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const ALL = files(SOURCE).map((path) => ({ path: relative(SOURCE, path), text: readFileSync(path, "utf8") }));
const CODE = ALL.filter(({ path }) => /\.tsx?$/.test(path) && !/\.test\./.test(path));

test("no file is longer than 400 lines", () => {
  expect(ALL.filter(({ text }) => text.split("\n").length > 400).map(({ path }) => path)).toEqual([]);
});

test("no file is called utils, helpers or misc", () => {
  expect(ALL.filter(({ path }) => /(^|\/)(utils?|helpers?|misc)\b/.test(path)).map(({ path }) => path)).toEqual([]);
});

test("nothing writes markup or code as text, which the content policy would refuse", () => {
  const forbidden = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|style="|setAttribute\("style"/;
  expect(CODE.filter(({ text }) => forbidden.test(text)).map(({ path }) => path)).toEqual([]);
});

test("no address outside the town is named", () => {
  const outside = ALL.filter(({ path }) => !/\.test\./.test(path) && /https?:\/\//.test(ALL.find((each) => each.path === path)?.text ?? ""));
  expect(outside.map(({ path }) => path)).toEqual([]);
});

/** Floors of the app: a lower one never imports a higher one. */
const FLOORS = ["i18n", "api", "live", "offline", "proofs", "state", "app", "components", "scan", "screens"] as const;
const MAY: Readonly<Record<string, readonly string[]>> = {
  i18n: ["i18n", "api"],
  api: ["api", "i18n"],
  live: ["live", "api"],
  offline: ["offline", "api"],
  proofs: ["proofs", "api"],
  state: ["state", "live", "offline", "api", "i18n"],
  components: ["components", "app", "state", "api", "i18n"],
  scan: ["scan", "components", "state", "i18n"],
};

test.each(FLOORS.filter((floor) => MAY[floor]))("%s imports only what stands below it", (floor) => {
  const sins = CODE.filter(({ path }) => path.startsWith(`${floor}/`)).flatMap(({ path, text }) =>
    [...text.matchAll(/from "((?:\.\.\/)+)([a-z0-9]+)[/"]/g)]
      .filter((found) => found[1]?.split("/").length === path.split("/").length)
      .map((found) => found[2] ?? "")
      .filter((target) => !MAY[floor]?.includes(target))
      .map((target) => `${path} imports ${target}`),
  );
  expect(sins).toEqual([]);
});
