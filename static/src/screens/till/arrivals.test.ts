import { beforeEach, describe, expect, test } from "vitest";
import type { Receipt } from "../../api/types";
import { Arrivals } from "./arrivals";

const NOW = Date.parse("2026-11-21T05:00:00Z");
let announced: string[] = [];
let till: Arrivals;

const receipt = (id: string, secondsAgo = 0): Receipt => ({
  id,
  receipt_number: id,
  status: "paid",
  amount: 500,
  discount: 0, refunded: 0,
  currency: "KJC",
  paid_at: new Date(NOW - secondsAgo * 1000).toISOString(),
  shop: { id: "s", name: "くま川商店", name_en: "" },
  version: 1,
});

beforeEach(() => {
  announced = [];
  till = new Arrivals({ now: () => NOW, announce: ({ id }) => announced.push(id) });
});

describe("a payment that comes by itself", () => {
  test("is announced once, however often it is heard", () => {
    till.heard(receipt("a"));
    till.heard(receipt("a"));
    expect(announced).toEqual(["a"]);
  });

  test("is history, not news, when it is minutes old", () => {
    till.heard(receipt("old", 121));
    expect(announced).toEqual([]);
  });

  test("waits while an outcome is awaited, and is announced afterwards", () => {
    const over = till.hold();
    till.heard(receipt("a"));
    expect(announced).toEqual([]);
    over();
    over();
    expect(announced).toEqual(["a"]);
  });

  test("is let go as soon as it cannot be the one awaited", () => {
    till.hold();
    till.heard(receipt("a"));
    const before = till.pending();
    till.heard(receipt("b"));
    till.letGo((each) => before.includes(each));
    expect(announced).toEqual(["a"]);
    expect(till.pending().map(({ id }) => id)).toEqual(["b"]);
  });
});

describe("a payment this till made itself", () => {
  test("is not announced by its echo, whether that comes before the answer or after it", () => {
    const over = till.hold();
    till.heard(receipt("before"));
    till.own("before");
    till.own("after");
    till.heard(receipt("after"));
    over();
    expect(announced).toEqual([]);
  });

  test("does not hush another of the same amount", () => {
    const over = till.hold();
    till.heard(receipt("own"));
    till.heard(receipt("counter"));
    till.own("own");
    over();
    expect(announced).toEqual(["counter"]);
  });
});
