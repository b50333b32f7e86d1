import { afterEach, expect, test } from "vitest";
import type { StampCard } from "../../api/rewards";
import { leaveStage, playCity, press, settled, show } from "../../test-stage";
import StampPage from "./StampPage";
import Stamps from "./Stamps";

const SHOP = { id: "s1", name: "くま川商店", name_en: "Kumagawa", district: "九日町", distance_m: null };
const CARD: StampCard = {
  id: "c1",
  title: "旧市街さんぽ",
  title_en: "Old town walk",
  by: "city",
  size: 5,
  stamps: [
    { at: "2026-11-20T03:00:00Z", shop: "s1", shop_name: "くま川商店", shop_name_en: "Kumagawa" },
    { at: "2026-11-21T03:00:00Z", shop: "s2", shop_name: "例の湯", shop_name_en: "Rei no Yu" },
  ],
  full: 0,
  rewards: 0,
  waits: null,
  reward: { kind: "coins", yen: 500, days: 60 },
  reward_benefit: null,
  minimum: 300,
  products: [],
  per_day: 1,
  distinct: true,
  per_person: 1,
  left: null,
  shops: [SHOP],
  districts: [],
  starts_at: "2026-11-01T00:00:00Z",
  ends_at: "2099-12-31T15:00:00Z",
  is_paused: false,
};

const cityWith = (cards: readonly StampCard[]) =>
  playCity(({ path }) =>
    path.endsWith("/rewards") ? { status: 200, body: { given: 1, waits: null } } : { status: 200, body: { results: cards, next: null } },
  );

afterEach(leaveStage);

test("a card is seen at a glance, and heard in one sentence", async () => {
  cityWith([CARD]);
  const page = await show(<Stamps />);
  await settled();
  expect(page.querySelector("[role=img]")?.getAttribute("aria-label")).toBe("スタンプ5個のうち2個がたまっています");
  expect(page.querySelectorAll(".stamp-has")).toHaveLength(2);
  expect(page.textContent).toContain("あと3個");
  expect(page.textContent).toContain("500円分のコイン（60日間使えます）");
});

test("a shop's card says what its coupon takes off", async () => {
  const reward_benefit = { kind: "amount", yen: 300 } as const;
  cityWith([{ ...CARD, reward: { kind: "coupon", coupon: "k1" }, reward_benefit }]);
  const page = await show(<Stamps />);
  await settled();
  expect(page.textContent).toContain("300円引きのクーポン");
});

test("without any card the screen says what one is", async () => {
  cityWith([]);
  const page = await show(<Stamps />);
  await settled();
  expect(page.textContent).toContain("いま集められるスタンプカードはありません");
});

test("the page says where, and which shops are done", async () => {
  cityWith([CARD]);
  const page = await show(<StampPage values={{ id: "c1" }} />);
  await settled();
  expect(page.textContent).toContain("同じお店では1個まで");
  expect(page.textContent).toContain("もらいました");
  expect(page.querySelector("a[href='/pay/shops/s1']")).not.toBeNull();
});

test("a reward that waits is taken by one press", async () => {
  const asked = cityWith([{ ...CARD, stamps: [], full: 1, waits: "limit_balance" }]);
  const page = await show(<StampPage values={{ id: "c1" }} />);
  await settled();
  expect(page.textContent).toContain("残高が上限に近いため");
  await press("特典を受け取る");
  await settled();
  expect(asked.filter(({ method, path }) => method === "POST" && path.endsWith("/stamp_cards/c1/rewards"))).toHaveLength(1);
});

test("a card of goods says what has to be bought, how, and when its stamp goes back", async () => {
  cityWith([{ ...CARD, products: ["パン", "牛乳"] }]);
  const page = await show(<StampPage values={{ id: "c1" }} />);
  await settled();
  expect(page.textContent).toContain("「パン, 牛乳」を300円以上買ったお会計で1個");
  expect(page.textContent).toContain("金額だけのお支払いにはつきません");
  expect(page.textContent).toContain("対象の商品が全部返品されたりすると");
});
