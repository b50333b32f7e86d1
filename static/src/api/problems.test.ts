import { expect, test } from "vitest";
import { problemFrom, retryAfter } from "./problems";

const NOW = Date.parse("2026-11-21T03:00:00Z");

test("a problem document keeps its code, its sentence and its fields", () => {
  const problem = problemFrom(
    422,
    { code: "invalid_body", title: "入力を確かめてください", errors: [{ field: "amount", code: "too_small", message: "1以上" }] },
    null,
    NOW,
  );
  expect(problem.code).toBe("invalid_body");
  expect(problem.at("amount")?.message).toBe("1以上");
  expect(problem.at("code")).toBeNull();
  expect(problem.final).toBe(true);
});

test("the sign-in service's own shape is understood as well", () => {
  const problem = problemFrom(400, { status: 400, errors: [{ param: "code", code: "incorrect_code", message: "x" }] }, null, NOW);
  expect(problem.code).toBe("incorrect_code");
  expect(problem.at("code")?.code).toBe("incorrect_code");
});

test("a flood says when to come again, in seconds or as a date", () => {
  expect(retryAfter("42", NOW)).toBe(42);
  expect(retryAfter("Sat, 21 Nov 2026 03:01:30 GMT", NOW)).toBe(90);
  expect(retryAfter(null, NOW)).toBeNull();
  const flood = problemFrom(429, null, "42", NOW);
  expect([flood.code, flood.retryAfterSeconds, flood.final]).toEqual(["too_many_requests", 42, false]);
});

test("a body that is no JSON is still a refusal with a status", () => {
  expect(problemFrom(502, null, null, NOW)).toMatchObject({ status: 502, code: "http_502", final: false });
});
