/** The feeds of this app in the real world: tickets from the city, sockets of the browser. */
import { liveTicket } from "../api/accounts";
import { Feed, type FeedUse, type FeedWorld } from "../live/feed";
import { onBack } from "./network";

const world: FeedWorld = {
  async address(feed) {
    const { url } = await liveTicket([feed]);
    const address = new URL(url, window.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    return address.href;
  },
  open: (address) => new WebSocket(address),
  later(deed, ms) {
    const timer = setTimeout(deed, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** This function will open a feed that reconnects by itself; call the returned function to close it. */
export function openFeed(name: string, use: FeedUse): () => void {
  const feed = new Feed(name, use, world);
  const stop = onBack(() => feed.hurry());
  return () => {
    stop();
    feed.close();
  };
}
