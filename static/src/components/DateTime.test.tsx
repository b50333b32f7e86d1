import { render } from "preact";
import { expect, test } from "vitest";
import { Until } from "./DateTime";

function said(at: string): string {
  const place = document.createElement("p");
  render(<Until at={at} />, place);
  return place.textContent ?? "";
}

test("what ends at midnight is said by its last day, another end by its time", () => {
  expect(said("2027-01-29T15:00:00Z")).toBe("2027年1月29日(金)");
  expect(said("2027-01-30T08:00:00Z")).toBe("2027年1月30日(土) 17:00");
});
