import { useEffect, useState } from "preact/hooks";
import type { BoardHeard } from "../../live/departures";
import type { FeedState } from "../../live/feed";
import { openFeed } from "../../state/live";

/** This hook will listen to what leaves a stop, and tell whether the feed is heard; without it one asks. */
export function useBoardFeed(stop: string, hear: (heard: BoardHeard) => void): FeedState {
  const [state, setState] = useState<FeedState>("connecting");
  useEffect(
    () =>
      openFeed(`mobility.departures:${stop}`, {
        snapshot: (snapshot) => hear((snapshot as { board: BoardHeard }).board),
        event: ({ type, data }) => {
          if (type === "departures.changed") hear((data as { board: BoardHeard }).board);
        },
        state: setState,
      }),
    [stop],
  );
  return state;
}
