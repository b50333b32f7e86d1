import { expect, test } from "vitest";
import { codeOf, emailOf, phoneOf, shownAddress } from "./address";

test.each([
  ["090-1234-5678", "+819012345678"],
  ["０９０１２３４５６７８", "+819012345678"],
  ["090 1234 5678", "+819012345678"],
  ["0966-22-2111", "+81966222111"],
  ["+82 10-1234-5678", "+821012345678"],
  ["0082 10 1234 5678", "+821012345678"],
  ["(090)1234−5678", "+819012345678"],
])("the phone number %s means %s", (typed, meant) => {
  expect(phoneOf(typed)).toBe(meant);
});

test.each(["", "12345", "090-1234", "090-1234-567890", "hanako", "+0901234567", "9012345678"])(
  "%s is no phone number",
  (typed) => {
    expect(phoneOf(typed)).toBeNull();
  },
);

test("an e-mail address may come with spaces or full-width letters, but not without a place", () => {
  expect(emailOf(" hanako@example.jp ")).toBe("hanako@example.jp");
  expect(emailOf("ｈａｎａｋｏ＠example.jp")).toBe("hanako@example.jp");
  for (const wrong of ["hanako", "hanako@", "hanako@example", "@example.jp", "ha nako@example.jp"]) {
    expect(emailOf(wrong)).toBeNull();
  }
});

test("a code is read whatever way it is typed", () => {
  expect(codeOf(" 430-799 ")).toBe("430799");
  expect(codeOf("１２３４５６")).toBe("123456");
  expect(codeOf("1234567")).toBe("123456");
});

test("an address is shown as its owner writes it", () => {
  expect(shownAddress({ phone: "+819012345678" })).toBe("090-1234-5678");
  expect(shownAddress({ phone: "+821012345678" })).toBe("+821012345678");
  expect(shownAddress({ email: "hanako@example.jp" })).toBe("hanako@example.jp");
});
