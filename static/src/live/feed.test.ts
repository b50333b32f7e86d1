import { expect, test } from "vitest";
import { backoffMs } from "./backoff";
import { Feed, type FeedEvent, type FeedState, type FeedWorld } from "./feed";

class FakeSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  close(): void {
    this.closed = true;
  }
  say(message: unknown): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

function stage() {
  const sockets: FakeSocket[] = [];
  const waits: number[] = [];
  const timers: (() => void)[] = [];
  const heard: unknown[] = [];
  const states: FeedState[] = [];
  let tickets = 0;
  const world: FeedWorld = {
    address: () => Promise.resolve(`/ws/feeds?ticket=${(tickets += 1)}`),
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    later: (deed, ms) => {
      waits.push(ms);
      timers.push(deed);
      return () => timers.splice(timers.indexOf(deed), 1);
    },
    random: () => 1,
  };
  const use = {
    snapshot: (snapshot: unknown) => heard.push(snapshot),
    event: (event: FeedEvent) => heard.push(event),
    state: (state: FeedState) => states.push(state),
  };
  return { sockets, waits, timers, heard, states, world, use, tickets: () => tickets };
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

test("a feed gives the snapshot, then events, and ignores another feed's words", async () => {
  const play = stage();
  const feed = new Feed("wallet.mine", play.use, play.world);
  await settle();
  play.sockets[0]?.say({ feed: "wallet.mine", snapshot: { n: 1 } });
  play.sockets[0]?.say({ feed: "wallet.shop:1", event: { type: "x", data: {} } });
  play.sockets[0]?.say({ feed: "wallet.mine", event: { type: "balance.changed", data: { n: 2 } } });
  expect(play.heard).toEqual([{ n: 1 }, { type: "balance.changed", data: { n: 2 } }]);
  expect(play.states).toEqual(["connecting", "live"]);
  feed.close();
  expect(play.sockets[0]?.closed).toBe(true);
});

test("after a break it comes back with a new ticket and a fresh snapshot, waiting longer each time", async () => {
  const play = stage();
  const feed = new Feed("wallet.mine", play.use, play.world);
  for (const expected of [500, 1000, 2000]) {
    await settle();
    play.sockets.at(-1)?.onclose?.();
    expect(play.waits.at(-1)).toBe(expected);
    play.timers.pop()?.();
  }
  await settle();
  expect(play.tickets()).toBe(4);
  play.sockets.at(-1)?.say({ feed: "wallet.mine", snapshot: { fresh: true } });
  expect(play.heard).toEqual([{ fresh: true }]);
  play.sockets.at(-1)?.onclose?.();
  expect(play.waits.at(-1)).toBe(500);
  feed.close();
});

test("why the city gives no ticket is said, and it is asked again all the same unless that ends the feed", async () => {
  const play = stage();
  const why = new Error("gone");
  const told: unknown[] = [];
  const refusing = { ...play.world, address: () => Promise.reject(why) };
  const feed = new Feed("wallet.mine", { ...play.use, refused: (error) => told.push(error) }, refusing);
  await settle();
  expect([told, play.states, play.waits.length]).toEqual([[why], ["connecting", "lost"], 1]);
  feed.close();
  const ended: Feed = new Feed("wallet.mine", { ...play.use, refused: () => ended.close() }, refusing);
  await settle();
  expect(play.waits.length).toBe(1);
});

test("waking the phone does not wait out the pause", async () => {
  const play = stage();
  const feed = new Feed("wallet.mine", play.use, play.world);
  await settle();
  play.sockets[0]?.onclose?.();
  feed.hurry();
  await settle();
  expect(play.sockets).toHaveLength(2);
  expect(play.timers).toHaveLength(0);
  feed.close();
});

test("the pause doubles up to half a minute and is spread over its upper half", () => {
  expect([0, 1, 2, 6, 7, 50].map((tries) => backoffMs(tries, 1))).toEqual([500, 1000, 2000, 30_000, 30_000, 30_000]);
  expect(backoffMs(2, 0)).toBe(1000);
});
