import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Staff as People } from "../../api/staff";
import type { Me } from "../../api/types";
import { go, place } from "../../app/router";
import { inFours } from "../../components/in-fours";
import { session } from "../../state/session";
import { leaveStage, playCity, press, settled, show, type as write, until, type Asked } from "../../test-stage";
import { Ceilings, ShopTills, Staff, StaffInvite } from "../till/rooms";
import { shops } from "../till/shops";
import { JoinStaff } from ".";

const ACCOUNTS = "/api/v1/accounts";
const TOKEN = "abcdefghijklmnop0123";
const ME = { resident_id: "r1", display_name: "見本 花子", language: "ja", organisations: [], roles: [] } as unknown as Me;
const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa", organisation_id: "o1", may: ["ceiling"] };
const STAFF: People = {
  people: [
    { id: "m1", name: "", role: "merchant.manager", since: "2026-11-01T00:00:00Z", is_me: true },
    { id: "c1", name: "はな", role: "merchant.cashier", since: "2026-11-02T00:00:00Z", is_me: false },
  ],
  invitations: [],
};
const TILL = { id: "d1", kind: "till", label: "入口", organisation_id: "o1", organisation: "", organisation_en: "", approved_at: "2026-11-01T00:00:00Z", last_seen_at: "2026-11-02T00:00:00Z" };

let asked: readonly Asked[] = [];
const text = (): string => document.body.textContent ?? "";
const sent = (method: string, path: string): unknown => asked.find((each) => each.method === method && each.path === path)?.body;

beforeEach(() => {
  sessionStorage.clear();
  asked = playCity(({ method, path, body }) => {
    if (path === "/api/v1/wallet/shops") return { status: 200, body: { results: [SHOP] } };
    if (path === `${ACCOUNTS}/organisations/o1/staff`) {
      return method === "GET" ? { status: 200, body: STAFF } : { status: 201, body: { id: "i1", token: TOKEN, ends_at: "2026-12-02T00:00:00Z" } };
    }
    if (path.startsWith(`${ACCOUNTS}/staff/`)) return method === "DELETE" ? { status: 204 } : { status: 201, body: { id: "m2" } };
    if (path.endsWith("/looked")) return { status: 200, body: { organisation: "くま川", organisation_en: "Kuma", role: "merchant.cashier", open_until: "2026-12-02T00:00:00Z" } };
    if (path.endsWith("/taken")) return { status: 201, body: { id: "m3" } };
    if (path.startsWith(`${ACCOUNTS}/devices?`)) return { status: 200, body: { results: [TILL, { ...TILL, id: "d2", label: "よその", organisation_id: "o2" }], next: null } };
    if (path.startsWith(`${ACCOUNTS}/devices/`)) return { status: 200, body: TILL };
    if (path.endsWith("/refund_ceiling")) return { status: 200, body: method === "GET" ? { per_payment: null, per_day: 5000, given_today: 300 } : { ...(body as object), given_today: 300 } };
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

test("a manager sees who works there, and dismisses one after a look", async () => {
  go("/till/s1/staff");
  await show(<Staff values={{ shop: "s1" }} />);
  await until(() => text().includes("はな"));
  await press(/はな/);
  expect(text()).toContain("すぐにレジを使えなくなります");
  await press("スタッフから外す");
  await settled();
  expect(asked.some(({ method, path }) => method === "DELETE" && path === `${ACCOUNTS}/staff/c1`)).toBe(true);
});

test("an invitation is a code that is shown once", async () => {
  go("/till/s1/staff/invite");
  await show(<StaffInvite values={{ shop: "s1" }} />);
  await until(() => text().includes("どの役割で"));
  await press("招待コードを作る");
  await until(() => text().includes("一度だけ使えます"));
  expect(sent("POST", `${ACCOUNTS}/organisations/o1/staff`)).toEqual({ role: "merchant.cashier" });
});

test("the invited one reads where, says how they are called, and begins", async () => {
  sessionStorage.setItem("machi.link.staff", TOKEN);
  go("/staff/join");
  await show(<JoinStaff />);
  await until(() => text().includes("くま川"));
  await write("お店での呼び名", "");
  await press("このお店で働く");
  expect(text()).toContain("呼び名を書いてください");
  await write("お店での呼び名", "はな");
  await press("このお店で働く");
  await settled();
  expect(sent("POST", `${ACCOUNTS}/staff_invitations/taken`)).toEqual({ token: TOKEN, name: "はな" });
  expect(place.value.path).toBe("/till");
});

test("an invitation's letters are taken as they stand on the manager's screen, in fours", async () => {
  go("/staff/join");
  await show(<JoinStaff />);
  await write("コードの下の文字", inFours(TOKEN));
  await press("この文字で進む");
  await until(() => text().includes("くま川"));
  expect(sent("POST", `${ACCOUNTS}/staff_invitations/looked`)).toEqual({ token: TOKEN });
});

test("nothing typed is no ceiling, zero leaves it to the manager", async () => {
  go("/till/s1/ceilings");
  await show(<Ceilings values={{ shop: "s1" }} />);
  await until(() => text().includes("今日はここまで300円"));
  await write("1件のお支払いで（円）", "０");
  await write("お店の1日の合計で（円）", "");
  await press("この内容にする");
  await settled();
  expect(sent("PUT", "/api/v1/wallet/shops/s1/refund_ceiling")).toEqual({ per_payment: 0, per_day: null });
});

test("only this merchant's tills are listed; one is called otherwise", async () => {
  go("/till/s1/tills");
  await show(<ShopTills values={{ shop: "s1" }} />);
  await until(() => text().includes("入口"));
  expect(text()).not.toContain("よその");
  await press(/入口/);
  await write("レジの名前", "奥のレジ");
  await act(() => undefined);
  await press("名前を変える");
  await settled();
  expect(sent("PATCH", `${ACCOUNTS}/devices/d1`)).toEqual({ label: "奥のレジ" });
});
