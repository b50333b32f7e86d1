import { afterEach, expect, test } from "vitest";
import type { Coupon } from "../../api/coupons";
import { leaveStage, playCity, settled, show } from "../../test-stage";
import CouponPage from "./CouponPage";
import Coupons from "./Coupons";

const COUPON: Coupon = {
  id: "k1",
  title: "20代の方へ",
  title_en: "In your twenties",
  benefit: { kind: "amount", yen: 300 },
  funded_by: "campaign",
  minimum: 0,
  shops: [],
  weekdays: [],
  hours: [],
  starts_at: "2026-11-01T00:00:00Z",
  ends_at: "2099-12-31T15:00:00Z",
  stackable: false,
  needs_claim: true,
  per_person: null,
  per_day: null,
  left: null,
  used: 0,
  claims: 0,
  may_claim: true,
  why: "not_claimed",
  distance_m: null,
  products: [],
  because: { ages_from: 20, ages_to: 29, districts: ["九日町"], level: null, with_children: false },
};

const cityWith = (forMe: unknown, coupon: Coupon = COUPON) =>
  playCity(({ path }) => {
    if (path.endsWith("/coupons/for_me")) return { status: 200, body: forMe };
    if (path.includes("/coupons/k1")) return { status: 200, body: coupon };
    return { status: 200, body: { results: [] } };
  });

afterEach(leaveStage);

test("whoever was not asked yet finds the door to say yes", async () => {
  cityWith({ results: [], agreement: "a1", agreed: [] });
  const page = await show(<Coupons />);
  await settled();
  expect(page.querySelector("a[href='/consents/ask/a1']")?.textContent).toContain("あなたに合うクーポンを受け取る");
});

test("whoever agreed sees what is theirs, and the way to take the yes back", async () => {
  cityWith({ results: [COUPON], agreement: "a1", agreed: ["identity"] });
  const page = await show(<Coupons />);
  await settled();
  expect(page.textContent).toContain("20代の方へ");
  expect(page.querySelector("a[href='/me/consents/a1']")).not.toBeNull();
});

test("where the city asks nobody, nothing of it is shown", async () => {
  cityWith({ results: [], agreement: null, agreed: [] });
  const page = await show(<Coupons />);
  await settled();
  expect(page.textContent).not.toContain("あなた向けのクーポン");
});

test("a coupon says fact by fact why it is mine, and how to say no", async () => {
  cityWith(null);
  const page = await show(<CouponPage values={{ id: "k1" }} />);
  await settled();
  expect(page.textContent).toContain("20歳から29歳の方");
  expect(page.textContent).toContain("お住まいが九日町の方");
  expect(page.querySelector("a[href='/me/consents']")).not.toBeNull();
});

test("a coupon for goods says which, and that the till has to read them", async () => {
  cityWith(null, { ...COUPON, because: null, products: ["パン", "牛乳"] });
  const page = await show(<CouponPage values={{ id: "k1" }} />);
  await settled();
  expect(page.textContent).toContain("パン, 牛乳");
  expect(page.textContent).toContain("お店のレジが商品を読んだときに使えます。");
});
