import { afterEach, expect, test, vi } from "vitest";
import { button, leaveStage, show } from "../test-stage";
import { Mishap } from "./Mishap";

afterEach(leaveStage);

function Broken(): never {
  throw new Error("broken on purpose");
}

test("a screen that breaks says so and offers a fresh start", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await show(
    <Mishap>
      <Broken />
    </Mishap>,
  );
  expect(document.body.textContent).toContain("うまくいきませんでした。");
  expect(button("もう一度ためす")).toBeTruthy();
  expect(told).toHaveBeenCalledOnce();
});
