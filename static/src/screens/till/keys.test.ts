import { describe, expect, test } from "vitest";
import { meaning } from "./keys";

function pressed(key: string, on: Element = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  document.body.append(on === document.body ? document.createElement("span") : on);
  Object.defineProperty(event, "target", { value: on });
  return event;
}

const element = (name: string): Element => document.createElement(name);

describe("the keyboard of the till", () => {
  test("digits type the amount, Backspace takes one back, Delete clears", () => {
    expect(meaning(pressed("5"), false)).toEqual({ pad: "5" });
    expect(meaning(pressed("Backspace"), false)).toEqual({ pad: "erase" });
    expect(meaning(pressed("Delete"), false)).toEqual({ pad: "clear" });
    expect(meaning(pressed("a"), false)).toBeNull();
  });

  test("Enter is the main button, unless a button has the focus and is meant itself", () => {
    expect(meaning(pressed("Enter"), false)).toBe("enter");
    expect(meaning(pressed("Enter", element("button")), false)).toBeNull();
    expect(meaning(pressed("Enter", element("input")), false)).toBeNull();
  });

  test("in a text box the keys write there; Escape still leads back", () => {
    expect(meaning(pressed("5", element("input")), false)).toBeNull();
    expect(meaning(pressed("Escape", element("input")), false)).toBe("escape");
  });

  test("an open question, a composition and the browser's own shortcuts are left alone", () => {
    expect(meaning(pressed("Escape"), true)).toBeNull();
    expect(meaning(pressed("5", document.body, { ctrlKey: true }), false)).toBeNull();
    expect(meaning(pressed("Enter", document.body, { isComposing: true }), false)).toBeNull();
  });
});
