import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { button, leaveStage, press, settled, show, type } from "../test-stage";
import { CodeReader } from "./CodeReader";

beforeEach(() => {
  vi.stubGlobal("navigator", { ...navigator, permissions: undefined, mediaDevices: undefined, languages: ["ja"] });
});

afterEach(() => {
  leaveStage();
  vi.unstubAllGlobals();
});

test("the camera is wanted with its reason, and without one there are two other ways", async () => {
  await show(<CodeReader why="scan.why_pay" onCode={() => Promise.resolve(null)} />);
  expect(document.body.textContent).toContain("写した画像はこの電話の外に出ません。");
  await press("カメラを使う");
  await settled();
  expect(document.body.textContent).toContain("使えるカメラがありません。");
  expect(button("この番号で進む")).toBeTruthy();
  expect(document.querySelector<HTMLInputElement>('input[type="file"]')?.accept).toBe("image/*");
});

test("a typed number is handed on; what is wrong with it is said at the field and it stays", async () => {
  const taken: string[] = [];
  const take = (text: string): Promise<string | null> => {
    taken.push(text);
    return Promise.resolve("このコードは使えません。");
  };
  await show(<CodeReader why="scan.why_pay" onCode={take} />);
  await press("この番号で進む");
  expect(document.body.textContent).toContain("番号を入れてください。");
  await type("コードの下の番号", " 7046 4719 95 ");
  await press("この番号で進む");
  await settled();
  expect(taken).toEqual(["7046 4719 95"]);
  expect(document.body.textContent).toContain("このコードは使えません。");
  expect(document.querySelector<HTMLInputElement>('input[name="code-number"]')?.value).toBe(" 7046 4719 95 ");
});
