import { beforeEach, describe, expect, test, vi } from "vitest";
import { NoAnswerError, ProblemError } from "../../api/problems";
import { DeedRun, type Deed } from "./deed";

interface Paid {
  readonly amount: number;
}

const PAID: Paid = { amount: 500 };
const silence = (): Promise<Paid> => Promise.reject(new NoAnswerError("cut off"));
const refuse = (code: string, status = 409): Promise<Paid> => Promise.reject(new ProblemError(status, code, "", "", [], null));

let unresolved = false;
let again: () => Promise<Paid> = silence;
let later: { deed: () => void; ms: number }[] = [];
let seen: Deed<Paid>["kind"][] = [];
let last: Deed<Paid> = { kind: "ready" };
let run: DeedRun<Paid>;

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
};
const tick = async (): Promise<number> => {
  const next = later.shift();
  next?.deed();
  await settle();
  return next?.ms ?? -1;
};

beforeEach(() => {
  unresolved = false;
  again = silence;
  later = [];
  seen = [];
  run = new DeedRun<Paid>(
    {
      unresolved: () => unresolved,
      again: () => again(),
      later(deed, ms) {
        const item = { deed, ms };
        later.push(item);
        return () => {
          later = later.filter((each) => each !== item);
        };
      },
    },
    (deed) => {
      seen.push(deed.kind);
      last = deed;
    },
  );
});

describe("one press at the till", () => {
  test("pressed twice, it is sent once", async () => {
    const send = vi.fn(() => Promise.resolve(PAID));
    run.press(send);
    run.press(send);
    await settle();
    run.press(send);
    expect(send).toHaveBeenCalledTimes(1);
    expect(seen).toEqual(["sending", "done"]);
    expect(last).toEqual({ kind: "done", answer: PAID });
  });

  test("refused, it may be pressed anew after another code", async () => {
    run.press(() => refuse("code_used"));
    await settle();
    expect(last).toMatchObject({ kind: "refused", error: { code: "code_used" } });
    run.renew();
    run.press(() => Promise.resolve(PAID));
    await settle();
    expect(seen).toEqual(["sending", "refused", "ready", "sending", "done"]);
  });
});

describe("when the answer is lost", () => {
  test("the same deed is asked about, ever more patiently, until the truth is known", async () => {
    run.press(silence);
    unresolved = true;
    await settle();
    expect(last.kind).toBe("checking");
    expect([await tick(), await tick(), await tick(), await tick(), await tick()]).toEqual([1000, 2000, 4000, 8000, 8000]);
    again = () => Promise.resolve(PAID);
    await tick();
    expect(last).toEqual({ kind: "done", answer: PAID });
    expect(later).toEqual([]);
  });

  test("nothing else is sent meanwhile", async () => {
    run.press(silence);
    unresolved = true;
    await settle();
    const another = vi.fn(() => Promise.resolve({ amount: 600 }));
    run.press(another);
    expect(another).not.toHaveBeenCalled();
  });

  test("a person may ask at once; one question at a time", async () => {
    run.press(silence);
    unresolved = true;
    await settle();
    const asked = vi.fn(() => Promise.resolve(PAID));
    again = asked;
    run.check();
    run.check();
    await settle();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(last.kind).toBe("done");
  });

  test("it may turn out that the city had refused", async () => {
    run.press(silence);
    unresolved = true;
    await settle();
    unresolved = false;
    again = () => refuse("insufficient_funds");
    await tick();
    expect(last).toMatchObject({ kind: "refused", error: { code: "insufficient_funds" } });
  });

  test("signed out meanwhile, the outcome stays unknown instead of being called a refusal", async () => {
    run.press(silence);
    unresolved = true;
    await settle();
    again = () => refuse("not_signed_in", 401);
    await tick();
    expect(last.kind).toBe("stranger");
  });

  test("after a reload the unknown outcome is taken up again", async () => {
    unresolved = true;
    again = () => Promise.resolve(PAID);
    run.resume();
    await settle();
    expect(seen).toEqual(["checking", "done"]);
  });

  test("leaving the screen ends the questions, but an answer on its way still counts", async () => {
    let answer: (paid: Paid) => void = () => undefined;
    run.press(() => new Promise((resolve) => (answer = resolve)));
    run.stop();
    answer(PAID);
    await settle();
    expect(last.kind).toBe("done");

    later = [];
    const other = new DeedRun<Paid>({ unresolved: () => true, again: silence, later: () => () => undefined }, () => undefined);
    other.stop();
    other.resume();
    await settle();
    expect(later).toEqual([]);
  });
});
