import { afterEach, beforeEach, expect, test } from "vitest";
import type { Answers, Application } from "../../api/merchants";
import type { Me } from "../../api/types";
import { go, place } from "../../app/router";
import { session } from "../../state/session";
import { button, leaveStage, playCity, press, settled, show, type as write, until, type Asked } from "../../test-stage";
import { shops } from "../till/shops";
import { Payout, ShopDetails } from "../till/rooms";
import { ApplicationPage, Applications } from ".";

const ROOT = "/api/v1/wallet/merchant_applications";
const ME = { resident_id: "r1", display_name: "", language: "ja", organisations: [], roles: [] } as unknown as Me;
const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa", organisation_id: "o1", may: ["describe", "settlements"] };
const EMPTY: Answers = {
  shop_name: "", shop_name_en: "", shop_name_kana: "", trade: "", district: "",
  details: { kind: "", kind_en: "", address: "", address_en: "", telephone: "", point: null, hours: null },
  legal_name: "", representative: "", representative_kana: "",
  payout: { bank_code: "", branch_code: "", account_type: "1", number: "", holder: "" },
};
const APPLICATION: Application = {
  id: "a1", state: "draft", is_branch: false, shop_id: null, answers: EMPTY, bank_name: "", branch_name: "",
  started_at: "2026-11-30T00:00:00Z", submitted_at: null, steps: [],
  attachments: [], attachments_asked: [{ kind: "licence", is_required: true }, { kind: "other", is_required: false }],
};

let asked: readonly Asked[] = [];
let application: Application;
let refusal: { status: number; body: unknown } | null = null;
const text = (): string => document.body.textContent ?? "";

beforeEach(() => {
  sessionStorage.clear();
  application = APPLICATION;
  refusal = null;
  asked = playCity(({ method, path, body }) => {
    if (path === ROOT && method === "GET") {
      const { answers, ...line } = application;
      return { status: 200, body: { results: [{ ...line, shop_name: answers.shop_name }], terms: "2026-12", trades: [{ code: "5462", words: "パン・菓子" }] } };
    }
    if (path === ROOT) return { status: 201, body: application };
    if (path === `${ROOT}/a1` && method === "PUT") {
      application = { ...application, answers: body as Answers };
      return { status: 200, body: application };
    }
    if (path === `${ROOT}/a1`) return { status: 200, body: application };
    if (path.startsWith(`${ROOT}/a1/`)) {
      if (refusal) return refusal;
      application = { ...application, state: path.endsWith("withdraw") ? "withdrawn" : "waiting" };
      return { status: 200, body: application };
    }
    if (path === "/api/v1/wallet/shops") return { status: 200, body: { results: [SHOP] } };
    if (path.endsWith("/details")) return method === "GET" ? { status: 200, body: EMPTY.details } : (refusal ?? { status: 200, body });
    if (path.endsWith("/payout_accounts")) return method === "GET" ? { status: 200, body: { results: [] } } : (refusal ?? { status: 201, body: {} });
    return { status: 404, body: { code: "not_found" } };
  });
  session.value = { kind: "in", me: ME };
});

afterEach(() => {
  leaveStage();
  shops.value = { kind: "loading" };
  go("/");
  session.value = { kind: "out" };
});

test("it begins with what to have ready, and leads to the draft; for a merchant it names which", async () => {
  go("/merchant?for=o1");
  await show(<Applications />);
  await settled();
  expect(text()).toContain("下書き");
  await press("お店を追加する");
  await settled();
  expect(asked.find(({ method }) => method === "POST")?.body).toEqual({ organisation_id: "o1" });
  expect(place.value.path).toBe("/merchant/a1");
});

test("each step is kept; what the city finds missing leads back to where it stands", async () => {
  go("/merchant/a1");
  await show(<ApplicationPage values={{ id: "a1" }} />);
  await until(() => text().includes("お店のこと"));
  await write("店名", "見本パン店");
  for (const heading of ["場所と営業時間", "事業者と代表者", "売上を受け取る口座", "書類の写真", "確かめて送る"]) {
    await press("保存して次へ");
    await until(() => document.querySelector("h1")?.textContent === heading);
  }
  expect(asked.filter(({ method }) => method === "PUT")).toHaveLength(5);
  expect(application.answers.shop_name).toBe("見本パン店");
  await press("市に申し込む");
  await settled();
  expect(text()).toContain("同意にチェック");
  expect(asked.some(({ path }) => path.endsWith("/submit"))).toBe(false);
  document.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
  refusal = { status: 422, body: { code: "application_incomplete", title: "入力していない項目があります。", errors: [{ field: "details.telephone", code: "required", message: "入力してください。" }] } };
  await settled();
  await press("市に申し込む");
  await until(() => document.querySelector("h1")?.textContent === "場所と営業時間");
  expect(text()).toContain("入力してください。");
});

test("sent back, it says why and what to do; waiting, it may be taken back", async () => {
  application = { ...APPLICATION, state: "sent_back", steps: [{ state: "sent_back", why: "通帳の名義と違います", at: "2026-11-30T01:00:00Z" }] };
  go("/merchant/a1");
  await show(<ApplicationPage values={{ id: "a1" }} />);
  await until(() => text().includes("通帳の名義と違います"));
  expect(text()).toContain("直してもう一度送ってください");
  await press("内容を直す");
  expect(button("保存して次へ")).toBeTruthy();
  application = { ...APPLICATION, state: "waiting" };
  leaveStage();
  await show(<ApplicationPage values={{ id: "a1" }} />);
  await until(() => text().includes("市が審査しています"));
  await press("申込みを取り下げる");
  await until(() => text().includes("取り下げました"));
});

test("a manager says anew when the shop is open; hours that cannot be stand at the hours", async () => {
  go("/till/s1/details");
  await show(<ShopDetails values={{ shop: "s1" }} />);
  await until(() => text().includes("所在地（英語）"));
  await write("所在地", "九日町 1");
  await press("時間を加える");
  refusal = { status: 422, body: { code: "hours_unsound", title: "営業時間が重なっています。" } };
  await press("この内容にする");
  await until(() => document.querySelector(".field-error[role=alert]")?.textContent === "営業時間が重なっています。");
  const put = asked.find(({ method }) => method === "PUT")?.body as { address: string; hours: { spans: unknown[] } };
  expect([put.address, put.hours.spans.length]).toEqual(["九日町 1", 1]);
});

test("a manager names an account; a holder that no bank can write stands at the field", async () => {
  go("/till/s1/payout");
  await show(<Payout values={{ shop: "s1" }} />);
  await until(() => text().includes("まだ登録されていません"));
  await write("口座番号", "１２３４５６７8");
  refusal = { status: 422, body: { code: "kana_unwritable", title: "カナで入力してください。" } };
  await press("この口座を登録する");
  await until(() => text().includes("カナで入力してください。"));
  const sent = asked.find(({ method, path }) => method === "POST" && path.endsWith("payout_accounts"));
  expect(sent?.body).toMatchObject({ organisation_id: "o1", number: "1234567" });
  expect(sent?.key).toBeTruthy();
});
