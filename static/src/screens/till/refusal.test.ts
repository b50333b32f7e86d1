import { beforeAll, describe, expect, test } from "vitest";
import { NoAnswerError, ProblemError } from "../../api/problems";
import { speak, speakAlso } from "../../i18n";
import { nextStep, refusalText } from "./refusal";

const refused = (code: string, status = 409, detail = ""): ProblemError => new ProblemError(status, code, "", detail, [], null);

beforeAll(async () => {
  await speak("ja");
  await speakAlso("work");
});

describe("a refusal at the till", () => {
  test("speaks of the customer's balance, not of the shopkeeper's", () => {
    expect(refusalText(refused("insufficient_funds"))).toMatch(/^お客さまの残高が足りません/);
    expect(refusalText(refused("limit_per_day"))).toMatch(/^お客さまが今日はらえる金額/);
  });

  test("says why a code is none of ours when the city knows", async () => {
    const detail = "お店のコードです。お客さまの画面の「わたしのコード」を読み取ってください。";
    expect(refusalText(refused("code_unknown", 404, detail))).toBe(detail);
    expect(refusalText(refused("code_unknown", 404))).toMatch(/^お客さまのコードとして読めませんでした/);
    await speak("ja-easy");
    expect(refusalText(refused("code_unknown", 404, detail))).toMatch(/^お客さんの コードでは/);
    await speak("ja");
  });

  test("leaves everything else to the words of the house", () => {
    expect(refusalText(new NoAnswerError("x"))).toBe("つながりませんでした。電波のよい所で、もう一度ためしてください。");
    expect(refusalText(refused("brand_new_refusal", 409, "この店舗ではお取り扱いを終了しました。"))).toBe(
      "この店舗ではお取り扱いを終了しました。",
    );
  });

  test("leads to what helps: another code, another amount, or signing in", () => {
    expect(["code_used", "code_expired", "code_unknown", "paying_oneself"].map((code) => nextStep(refused(code)))).toEqual(
      Array(4).fill("scan"),
    );
    expect(["insufficient_funds", "limit_per_payment", "limit_balance"].map((code) => nextStep(refused(code)))).toEqual(
      Array(3).fill("amount"),
    );
    expect(nextStep(refused("not_signed_in", 401))).toBe("sign_in");
    expect(nextStep(refused("shop_closed"))).toBe("none");
    expect(nextStep(new NoAnswerError("x"))).toBe("none");
  });
});
