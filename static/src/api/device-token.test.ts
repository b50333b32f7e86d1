import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { deviceToken, forgetDevice, isDevice, keepDevice, onDeviceEnded } from "./device-token";
import { ask } from "./http";

const given = (access: string, expires_in = 43_200) => ({ access_token: access, refresh_token: `${access}-refresh`, expires_in });

/** This function will play the city: what each address answers, and what it was sent. */
function play(answer: (path: string, init: RequestInit) => { status: number; body: unknown } | "silence") {
  const asked: { path: string; body: string; authorization: string | null; csrf: string | null }[] = [];
  document.cookie = "csrftoken=abc";
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    const csrf = headers.get("X-CSRFToken");
    asked.push({ path, body: String(init.body ?? ""), authorization: headers.get("Authorization"), csrf });
    const played = answer(path, init);
    if (played === "silence") throw new TypeError("network");
    return new Response(JSON.stringify(played.body), { status: played.status });
  });
  return asked;
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  forgetDevice();
  vi.unstubAllGlobals();
});

test("a person's browser bears no token; a device bears its own, at the city's API alone", async () => {
  const asked = play(() => ({ status: 200, body: {} }));
  await ask("POST", "/api/v1/x");
  keepDevice(given("one"));
  await ask("POST", "/api/v1/x");
  await ask("POST", "/_allauth/browser/v1/x");
  expect(asked.map((each) => [each.authorization, each.csrf])).toEqual([
    [null, "abc"],
    ["Bearer one", null],
    [null, "abc"],
  ]);
});

test("of many questions at once, one renews the token, for one shown twice would end the device", async () => {
  keepDevice(given("old", 60));
  const asked = play(() => ({ status: 200, body: given("new") }));
  expect(await Promise.all([deviceToken(), deviceToken(), deviceToken()])).toEqual(["new", "new", "new"]);
  expect(asked.map(({ path, body }) => [path, new URLSearchParams(body).get("refresh_token")])).toEqual([
    ["/identity/o/token", "old-refresh"],
  ]);
});

test("a silent city leaves the device what it is; a refusal ends it", async () => {
  const ended = vi.fn();
  onDeviceEnded(ended);
  keepDevice(given("old", 60));
  play(() => "silence");
  expect(await deviceToken()).toBe("old");
  expect(isDevice()).toBe(true);
  play(() => ({ status: 400, body: { error: "invalid_grant" } }));
  expect(await deviceToken()).toBeNull();
  expect(ended).toHaveBeenCalledTimes(1);
});

test("a token that was refused before its time means that the shop has ended the device", async () => {
  const ended = vi.fn();
  onDeviceEnded(ended);
  keepDevice(given("one"));
  play(() => ({ status: 401, body: { code: "not_signed_in", status: 401 } }));
  await expect(ask("GET", "/api/v1/wallet/shops")).rejects.toThrow();
  expect(isDevice()).toBe(false);
  expect(ended).toHaveBeenCalled();
});
