import { afterEach, expect, test } from "vitest";
import { leaveStage, playCity, settled, show } from "../../test-stage";
import { CashHeld } from "./CashHeld";

const OTHER = { organisation_id: "o2", owed: 9_999, received: [] };
const text = (): string => document.body.textContent ?? "";

afterEach(leaveStage);

test("a manager sees how much of the city's cash lies in the shops, and what was handed over", async () => {
  const received = [{ id: "h1", amount: 30_000, way: "counter", received_on: "2026-11-20" }];
  playCity(() => ({ status: 200, body: { results: [OTHER, { organisation_id: "o1", owed: 12_000, received }] } }));
  await show(<CashHeld organisation="o1" />);
  await settled();
  for (const words of ["12,000", "窓口に持ってくるか", "市が受け取った現金", "30,000", "窓口で"]) expect(text()).toContain(words);
  expect(text()).not.toContain("9,999");
});

test("who holds none and never did is shown nothing; nor is anything where the city is silent", async () => {
  playCity(() => ({ status: 200, body: { results: [{ organisation_id: "o1", owed: 0, received: [] }] } }));
  await show(<CashHeld organisation="o1" />);
  await settled();
  expect(text()).toBe("");
  playCity(() => "silence");
  await show(<CashHeld organisation="o1" />);
  await settled();
  expect(text()).toBe("");
});
