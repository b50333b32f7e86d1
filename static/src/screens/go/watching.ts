/** A journey on the screen stays true: what the phone kept, then what the city says, as long as somebody looks. */
import { useEffect, useState } from "preact/hooks";
import { followJourney, unfollow, type FollowedNow } from "../../api/follow";
import { findJourneys, type Journey } from "../../api/journeys";
import { NoAnswerError, ProblemError } from "../../api/problems";
import { foldFollowed, untold, type Followed } from "../../live/journey";
import type { FeedEvent } from "../../live/feed";
import { keepJourney, type KeptJourney } from "../../offline/journeys";
import { openFeed } from "../../state/live";
import { onBack } from "../../state/network";

const FRESH_MS = 60_000;
const FOLLOWED_MS = 20_000;
const AGAIN_MS = 30_000;
/** Asked from a little before it leaves, so that one that leaves early is found as well. */
const BEFORE_MS = 300_000;
const OVER_MS = 900_000;

/** Whoever tells how a journey goes on; the returned function ends it. */
export type Telling = (kept: KeptJourney, tell: (event: FeedEvent) => void, often: boolean) => () => void;

export interface Watched extends Followed {
  /** False while what is shown is what the phone kept. */
  readonly fresh: boolean;
}

/** This function will ask for the same journey once more and say what became of it. */
export async function askAgain({ question, journey }: KeptJourney, now: Date): Promise<FeedEvent> {
  const at = new Date(Date.parse(journey.legs[0]?.planned_leaves_at ?? journey.leaves_at) - BEFORE_MS).toISOString();
  const { cursor: _left, ...rest } = question;
  const answer = await findJourneys({ ...rest, at, is_arriving: false });
  const same = answer.journeys.find(({ id }) => id === journey.id);
  const told = now.toISOString();
  if (same) return { type: "journey.found", data: { journey: { ...same, best: journey.best }, alerts: answer.alerts, at: told } };
  const instead = answer.journeys.filter(({ leaves_at }) => Date.parse(leaves_at) >= now.getTime());
  return { type: "journey.lost", data: { instead, at: told } };
}

/** This function will tell by asking, as long as the page is seen and the journey is not over. */
export const byAsking: Telling = (kept, tell, often) => {
  const isOver = (): boolean => Date.now() > Date.parse(kept.journey.arrives_at) + OVER_MS;
  const look = (): void => {
    if (document.visibilityState !== "visible" || isOver()) return;
    askAgain(kept, new Date()).then(tell, (error: unknown) => {
      if (!(error instanceof NoAnswerError)) tell({ type: "journey.lost", data: { instead: [], at: new Date().toISOString() } });
    });
  };
  look();
  const timer = setInterval(look, often ? FOLLOWED_MS : FRESH_MS);
  const stop = onBack(look);
  return () => {
    clearInterval(timer);
    stop();
  };
};

/** This function will let the city follow the journey and tell of it; while its feed is not heard, by asking. */
export const byFeed: Telling = (kept, tell, often) => {
  if (!often) return byAsking(kept, tell, often);
  let [ended, id] = [false, ""];
  let journey: Journey = kept.journey;
  let stopAsking: (() => void) | null = null;
  let close: (() => void) | null = null;
  let later: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => void (stopAsking ??= byAsking({ ...kept, journey }, tell, often));
  const heard = (followed: FollowedNow): void => {
    tries = 0;
    stopAsking?.();
    stopAsking = null;
    journey = followed.journey ?? journey;
    tell({ type: "journey.changed", data: { followed } });
  };
  let tries = 0;
  const again = (): void => {
    close?.();
    close = null;
    later = setTimeout(begin, tries === 0 ? 0 : AGAIN_MS);
    tries += 1;
  };
  const listen = (feed: string): void => {
    close = openFeed(feed, {
      snapshot: (snapshot) => heard((snapshot as { followed: FollowedNow }).followed),
      event: ({ data }) => heard((data as { followed: FollowedNow }).followed),
      state: (state) => state === "lost" && ask(),
      refused: (why) => why instanceof ProblemError && why.code === "follow_unknown" && again(),
    });
  };
  const begin = (): void => {
    followJourney(kept.question, journey.legs).then(
      (following) => {
        id = following.id;
        if (ended) return forget(id);
        listen(following.feed);
      },
      (error: unknown) => {
        if (ended) return;
        ask();
        if (!(error instanceof ProblemError && error.final)) again();
      },
    );
  };
  begin();
  return () => {
    ended = true;
    clearTimeout(later);
    stopAsking?.();
    close?.();
    if (id) forget(id);
  };
};

/** The city forgets by itself what nobody hears any more. */
const forget = (id: string): void => void unfollow(id).catch(() => undefined);

/** This hook will give a journey as it is now. One without any ride has nothing that could change. */
export function useWatched(kept: KeptJourney, often: boolean, telling: Telling = byFeed): Watched {
  const [watched, setWatched] = useState<Watched>(() => ({ ...untold(kept.journey, kept.alerts, kept.at), fresh: false }));
  const rides = kept.journey.legs.some(({ trip }) => trip !== null);
  useEffect(() => {
    if (!rides) return undefined;
    return telling(
      kept,
      (event) =>
        setWatched((old) => {
          const folded = foldFollowed(old, event);
          if (folded === old) return old;
          if (folded.stands) keepJourney({ ...kept, journey: folded.journey, alerts: folded.alerts, at: folded.at });
          return { ...folded, fresh: true };
        }),
      often,
    );
  }, [kept.key, often, rides]);
  return watched;
}
