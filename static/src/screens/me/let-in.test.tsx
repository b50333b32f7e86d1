import { afterEach, expect, test, vi } from "vitest";
import { go } from "../../app/router";
import { leaveStage, playCity, press, settled, show, type, type Asked } from "../../test-stage";
import LetIn from "./LetIn";

const ASK = { kind: "till", service: "Machi", asked_at: "2026-11-21T03:00:00Z", expires_at: "2026-11-21T03:15:00Z" };
const PLACES = [{ id: "o1", name: "くま川商店", name_en: "Kumagawa" }];
const DEVICE = { id: "d1", kind: "till", label: "入口のレジ" };

afterEach(() => {
  leaveStage();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

const city = (places: readonly object[]) => (asked: Asked) => {
  if (asked.path.endsWith("/look")) return { status: 200, body: { ...ASK, places } };
  return asked.path.endsWith("/approve") ? { status: 201, body: DEVICE } : { status: 204 };
};

test("a manager sees the number again, names the till and lets it in, once", async () => {
  const asked = playCity(city(PLACES));
  go("/device?code=BCDF-GHJK");
  const stage = await show(<LetIn />);
  await settled();
  expect(stage.textContent).toContain("レジを登録しますか");
  expect(stage.textContent).toContain("BCDF-GHJK");
  await press("この機器を登録する");
  expect(stage.textContent).toContain("名前を入れてください。");
  await type("この機器の名前", "入口のレジ");
  await press("この機器を登録する");
  await settled();
  const sent = asked.filter(({ path }) => path.endsWith("/approve"));
  expect(sent.map(({ body }) => body)).toEqual([{ user_code: "BCDF-GHJK", organisation_id: "o1", label: "入口のレジ" }]);
  expect(sent[0]?.key).toBeTruthy();
  expect(stage.textContent).toContain("入口のレジを登録しました");
});

test("who has no say anywhere can only send it away", async () => {
  playCity(city([]));
  go("/device?code=BCDF-GHJK");
  const stage = await show(<LetIn />);
  await settled();
  expect(stage.textContent).toContain("登録できる場所がありません");
  await expect(press("この機器を登録する")).rejects.toThrow();
  await press("登録しない");
  await settled();
  expect(stage.textContent).toContain("登録しませんでした");
});
