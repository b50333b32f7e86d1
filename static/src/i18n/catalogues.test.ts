import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import enHome from "./en";
import enGo from "./en/go";
import enWork from "./en/work";
import jaHome from "./ja";
import jaGo from "./ja/go";
import jaWork from "./ja/work";
import jaEasyHome from "./ja-easy";
import jaEasyGo from "./ja-easy/go";
import jaEasyWork from "./ja-easy/work";
import koHome from "./ko";
import koGo from "./ko/go";
import koWork from "./ko/work";
import { parse, places } from "./template";
import zhHansHome from "./zh-hans";
import zhHansGo from "./zh-hans/go";
import zhHansWork from "./zh-hans/work";

const ja = { ...jaHome, ...jaGo, ...jaWork };
const jaEasy = { ...jaEasyHome, ...jaEasyGo, ...jaEasyWork };
const en = { ...enHome, ...enGo, ...enWork };
const zhHans = { ...zhHansHome, ...zhHansGo, ...zhHansWork };
const ko = { ...koHome, ...koGo, ...koWork };

const OTHERS: Readonly<Record<string, Readonly<Record<string, string>>>> = { "ja-easy": jaEasy, en, "zh-hans": zhHans, ko };
const KEYS = Object.keys(ja).sort();

const SOURCE = join(import.meta.dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !/\.test\./.test(name) ? [path] : [];
  });
}

const CODE = sources(SOURCE)
  .filter((path) => !/i18n\/(ja|ja-easy|en|zh-hans|ko)\//.test(path))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

/** Keys made from a level or another small value: `safe.level_${level}`. */
const MADE = [...CODE.matchAll(/[`"]([a-z_]+\.[a-z_]+)\$\{/g)].map((found) => found[1] ?? "");

describe.each(Object.keys(OTHERS))("the catalogue %s", (language) => {
  const texts = OTHERS[language] ?? {};

  test("has exactly the keys of the source", () => {
    expect(Object.keys(texts).sort()).toEqual(KEYS);
  });

  test("fills the same places in every text, and leaves none empty", () => {
    for (const key of KEYS) {
      expect(texts[key]?.trim(), key).not.toBe("");
      expect([...places(texts[key] ?? "")].sort(), key).toEqual([...places(ja[key as keyof typeof ja])].sort());
    }
  });
});

test("a key stands in one file: of two texts under one key the later would be shown in both places", () => {
  const files = sources(join(import.meta.dirname, "ja")).filter((path) => !/(index|work|go)\.ts$/.test(path));
  const keys = files.flatMap((path) => [...readFileSync(path, "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map((found) => found[1]));
  expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  expect(keys.length).toBe(KEYS.length);
});

test.each([
  ["the till", jaWork, /\/(i18n|till|merchant|settlements|shop-campaigns)\//],
  ["getting about", jaGo, /\/(i18n|go)\//],
])("what travels with %s is asked for by nobody who may not have it", (_part, words, theirs) => {
  const others = sources(SOURCE).filter((path) => !theirs.test(path));
  const code = others.map((path) => readFileSync(path, "utf8")).join("\n");
  expect(Object.keys(words).filter((key) => code.includes(`"${key}"`))).toEqual([]);
});

test("every text is used somewhere in the app", () => {
  const used = (key: string): boolean =>
    CODE.includes(`"${key}"`) || MADE.some((stem) => key.startsWith(stem) && /^[a-z0-9]+$/.test(key.slice(stem.length)));
  expect(KEYS.filter((key) => !used(key))).toEqual([]);
});

test("in easy Japanese every Chinese character has its reading, written in kana", () => {
  for (const [key, text] of Object.entries(jaEasy)) {
    for (const piece of parse(text)) {
      if (piece.kind === "text") expect(piece.text, key).not.toMatch(/\p{Script=Han}/u);
      if (piece.kind === "ruby") expect(piece.reading, key).toMatch(/^[\p{Script=Hiragana}ー]+$/u);
    }
  }
});

test("easy Japanese is a rewrite, not the source with readings on it", () => {
  const plain = (text: string): string => text.replace(/\{([^|{}]*)\|[^{}]*\}/g, "$1").replace(/\s/g, "");
  const long = KEYS.filter((key) => ja[key as keyof typeof ja].length > 24);
  const same = long.filter((key) => plain(jaEasy[key as keyof typeof ja]) === plain(ja[key as keyof typeof ja]));
  expect(same).toEqual([]);
});

test("only easy Japanese carries readings", () => {
  for (const texts of [ja, en, zhHans, ko]) {
    for (const [key, text] of Object.entries(texts)) {
      expect(parse(text).some((piece) => piece.kind === "ruby"), key).toBe(false);
    }
  }
});
