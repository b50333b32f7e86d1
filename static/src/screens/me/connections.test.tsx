import { afterEach, expect, test } from "vitest";
import type { Connection } from "../../api/connections";
import { leaveStage, playCity, press, settled, show } from "../../test-stage";
import Connections from "./Connections";

const LIBRARY: Connection = {
  id: "c1", name: "見本図書館", organisation: "図書館協会", classes: ["contacts", "profile"],
  reads: [
    { data_class: { name: "contacts", words: "メールアドレスや電話番号" }, agreement_id: "a1", since: "2026-11-01T00:00:00Z" },
    { data_class: { name: "profile", words: "呼び名" }, agreement_id: "a1", since: "2026-11-01T00:00:00Z" },
  ],
  connected_at: "2026-11-01T00:00:00Z", last_used_at: "2026-11-20T00:00:00Z",
};

afterEach(leaveStage);

function city(first: readonly Connection[]) {
  let rows = first;
  return playCity(({ method }) => {
    if (method === "DELETE") {
      rows = [];
      return { status: 204, body: null };
    }
    return { status: 200, body: { results: rows, next: null } };
  });
}

test("it shows what a service may read now, and leads to where one thing is taken back", async () => {
  city([LIBRARY, { ...LIBRARY, id: "c2", name: "例のジム", reads: [] }]);
  await show(<Connections />);
  await settled();
  expect(document.body.textContent).toContain("いま読めるもの: メールアドレスや電話番号");
  expect(document.body.textContent).toContain("いま読めるもの: 番号だけ");
  await press(/見本図書館/);
  const links = [...document.querySelectorAll('dialog a[href="/me/consents/a1"]')];
  expect(links.map((each) => each.textContent)).toEqual([
    expect.stringContaining("メールアドレスや電話番号"),
    expect.stringContaining("呼び名"),
  ]);
});

test("ending it asks the city once and leaves the empty page that teaches", async () => {
  const asked = city([LIBRARY]);
  await show(<Connections />);
  await settled();
  await press(/見本図書館/, "つながりをやめる");
  await settled();
  expect(asked.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual(["/api/v1/accounts/connections/c1"]);
  expect(document.body.textContent).toContain("つながっているサービスはありません");
});
