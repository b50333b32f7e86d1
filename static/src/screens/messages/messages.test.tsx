import { afterEach, expect, test, vi } from "vitest";
import type { Message } from "../../api/messages";
import { inbox } from "../../state/inbox";
import { pushState } from "../../state/push";
import { button, leaveStage, playCity, press, settled, show } from "../../test-stage";
import MessagePage, { leadsInside } from "./MessagePage";
import MessageSettings from "./MessageSettings";
import Messages from "./Messages";

const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  category: "city",
  priority: "normal",
  title: `件名${id}`,
  body: "一行目\n二行目",
  link: "/me/devices",
  language: "ja",
  at: "2026-11-21T03:00:00Z",
  is_read: false,
  version: 1,
  ...more,
});
const SETTINGS = {
  channels: [
    { channel: "push", is_offered: true, is_reachable: false, devices: 0 },
    { channel: "email", is_offered: true, is_reachable: true, devices: 0 },
    { channel: "sms", is_offered: false, is_reachable: false, devices: 0 },
    { channel: "line", is_offered: false, is_reachable: false, devices: 0 },
  ],
  categories: [
    { category: "account", title: "アカウント", is_essential: true, channels: ["push"] },
    { category: "city", title: "市", is_essential: false, channels: ["push", "email"] },
  ],
  quiet_from: null,
  quiet_to: null,
};

afterEach(() => {
  leaveStage();
  inbox.value = null;
  pushState.value = "unknown";
  vi.unstubAllGlobals();
});

const box = (group: string, label: string): HTMLInputElement => {
  const set = [...document.querySelectorAll("fieldset")].find((each) => each.querySelector("legend")?.textContent === group);
  const found = [...(set?.querySelectorAll("label") ?? [])].find((each) => each.textContent?.startsWith(label));
  const tick = found?.querySelector("input");
  if (!tick) throw new Error(`no box ${label} under ${group}`);
  return tick;
};

test("what came while the list was open stands above what was asked for, each once", async () => {
  playCity(() => ({ status: 200, body: { results: [message("1"), message("2", { at: "2026-11-20T03:00:00Z" })], next: null } }));
  inbox.value = { messages: [message("3", { at: "2026-11-21T04:00:00Z" }), message("1", { is_read: true, version: 2 })], unread: { unread: 2, version: 9 } };
  await show(<Messages />);
  await settled();
  const lines = [...document.querySelectorAll(".row-title")].map((each) => each.textContent);
  expect(lines).toEqual(["件名3", "件名1", "件名2"]);
  expect([...document.querySelectorAll(".row-detail")].map((each) => each.textContent?.includes("未読"))).toEqual([true, false, true]);
});

test("an empty inbox teaches, a refusal can be tried again", async () => {
  let status = 503;
  playCity(() => ({ status, body: status === 200 ? { results: [], next: null } : { code: "server_fault", title: "x" } }));
  await show(<Messages />);
  await settled();
  status = 200;
  await press("もう一度ためす");
  await settled();
  expect(document.body.textContent).toContain("まだお知らせはありません");
});

test("to open a message is to read it, and it leads on inside the app", async () => {
  const asked = playCity(() => ({ status: 200, body: message("7", { is_read: true, version: 2 }) }));
  await show(<MessagePage values={{ id: "7" }} />);
  await settled();
  expect(asked.map(({ method, path }) => [method, path])).toEqual([["POST", "/api/v1/accounts/messages/7/read"]]);
  expect([...document.querySelectorAll(".message-words")].map((each) => each.textContent)).toEqual(["一行目", "二行目"]);
  expect(button("くわしく見る").getAttribute("href")).toBe("/me/devices");
});

test("no message leads out of the app", () => {
  expect(["/me", "/", "//evil.example", "/\\evil.example", "https:/x", "javascript:alert(1)", ""].map(leadsInside)).toEqual([
    true, true, false, false, false, false, false,
  ]);
});

test("each choice is kept at once, with all the others as they were", async () => {
  const asked = playCity(({ method, body }) => ({
    status: 200,
    body: method === "GET" ? SETTINGS : { ...SETTINGS, ...(body as object), channels: SETTINGS.channels },
  }));
  await show(<MessageSettings />);
  await settled();
  expect(box("アカウント", "メール").disabled).toBe(true);
  box("市", "メール").click();
  await settled();
  expect(asked.at(-1)?.body).toEqual({ choices: { account: ["push"], city: ["push"] }, quiet_from: null, quiet_to: null });
  box("静かな時間", "夜は知らせない").click();
  await settled();
  expect(asked.at(-1)?.body).toMatchObject({ quiet_from: "22:00", quiet_to: "07:00" });
});

test("a browser that knows no pushes says so and asks nothing", async () => {
  playCity(() => ({ status: 200, body: SETTINGS }));
  await show(<MessageSettings />);
  await settled();
  expect(pushState.value).toBe("unsupported");
  expect(document.body.textContent).toContain("このブラウザは通知に対応していません");
});
