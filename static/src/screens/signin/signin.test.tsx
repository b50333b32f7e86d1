import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { go, place } from "../../app/router";
import { session } from "../../state/session";
import { button, leaveStage, playCity, press, settled, show, type, type Asked } from "../../test-stage";
import AddressPage from "./AddressPage";
import CodePage from "./CodePage";
import { keepNext, setStep } from "./flow";

const ME = { resident_id: "r", display_name: "花子", language: "ja", level: 1, roles: [], organisations: [], email: null, phone: null };
const waiting = (id: string) => ({ status: 401, body: { data: { flows: [{ id: "login" }, { id, is_pending: true }] } } });

beforeEach(() => {
  sessionStorage.clear();
  setStep(null);
  session.value = { kind: "out" };
});

afterEach(() => {
  leaveStage();
  setStep(null);
  localStorage.clear();
  sessionStorage.clear();
  session.value = { kind: "unknown" };
  vi.unstubAllGlobals();
});

const demoless = ({ path }: Asked) => (path.includes("/demo_") ? { status: 404 } : null);

test("a resident signs in by the code sent to their phone, and goes on where they wanted to", async () => {
  const asked = playCity((one) => {
    if (one.path.endsWith("/auth/code/request")) return waiting("login_by_code");
    if (one.path.endsWith("/auth/code/confirm")) return { status: 200, body: {} };
    if (one.path.endsWith("/accounts/me")) return { status: 200, body: ME };
    return demoless(one) ?? { status: 404 };
  });
  keepNext("/pay/scan");
  go("/sign-in/address");
  await show(<AddressPage />);
  document.querySelector<HTMLInputElement>('input[value="phone"]')?.click();
  await settled();
  await type("電話番号", "090-1234-5678");
  await press("コードを送る");
  await settled();
  expect(place.value.path).toBe("/sign-in/code");
  await show(<CodePage />);
  expect(document.body.textContent).toContain("090-1234-5678");
  await type("コード(数字6けた)", "430 799");
  await settled();
  expect(asked.find(({ path }) => path.endsWith("/auth/code/confirm"))?.body).toEqual({ code: "430799" });
  expect(asked.find(({ path }) => path.endsWith("/auth/code/request"))?.body).toEqual({ phone: "+819012345678" });
  expect(session.value.kind).toBe("in");
  expect(place.value.path).toBe("/pay/scan");
});

test("a newcomer's e-mail code goes to the door that waits for it", async () => {
  const asked = playCity((one) => {
    if (one.path.endsWith("/auth/signup")) return waiting("verify_email");
    if (one.path.endsWith("/auth/email/verify")) return { status: 200, body: {} };
    if (one.path.endsWith("/accounts/me")) return { status: 200, body: { ...ME, display_name: "" } };
    return demoless(one) ?? { status: 404 };
  });
  go("/sign-in/address?new=1");
  await show(<AddressPage />);
  await type("メールアドレス", "hanako@example.jp");
  await press("コードを送る");
  await settled();
  await show(<CodePage />);
  await type("コード(数字6けた)", "123456");
  await settled();
  expect(asked.find(({ path }) => path.endsWith("/auth/email/verify"))?.body).toEqual({ key: "123456" });
  expect(place.value.path).toBe("/sign-in/name");
});

test("a wrong code is said at the field and what was typed stays; a code used up asks for a new one", async () => {
  let status = 400;
  playCity((one) => demoless(one) ?? { status, body: { status, errors: [{ param: "code", code: "incorrect_code", message: "x" }] } });
  setStep({ mode: "in", address: { email: "hanako@example.jp" }, waiting: "login_by_code", sentAt: Date.now() });
  go("/sign-in/code");
  await show(<CodePage />);
  await type("コード(数字6けた)", "111111");
  await settled();
  expect(document.body.textContent).toContain("コードがちがいます。");
  expect(document.querySelector<HTMLInputElement>("input")?.value).toBe("111111");
  status = 409;
  await press("サインインする");
  await settled();
  expect(button("新しいコードをもらう")).toBeTruthy();
});

test("a flood is told when to come again", async () => {
  playCity(() => ({ status: 429, headers: { "Retry-After": "42" } }));
  go("/sign-in/address");
  await show(<AddressPage />);
  await type("メールアドレス", "hanako@example.jp");
  await press("コードを送る");
  await settled();
  expect(document.body.textContent).toContain("42秒");
});

test("an address outside this app is never where a sign-in leads", () => {
  keepNext("//evil.example/");
  keepNext("https:evil");
  expect(sessionStorage.getItem("machi.sign-in.next")).toBeNull();
});
