import { generate } from "lean-qr";
import jsQR from "jsqr";
import { expect, test } from "vitest";
import { inFours } from "./in-fours";
import { qrPath } from "./qr-path";

test("dark cells in a row become one strip", () => {
  const rows = ["##.", "...", ".##"];
  expect(qrPath(3, (x, y) => rows[y]?.[x] === "#")).toBe("M0 0h2v1h-2zM1 2h2v1h-2z");
});

/** Paints a path made of strips, as a browser would, four dots to a cell and four cells of quiet around. */
function painted(path: string, size: number): { data: Uint8ClampedArray; side: number } {
  const side = (size + 8) * 4;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = 0; row < 4; row += 1) {
      for (let column = 0; column < Number(width) * 4; column += 1) {
        const at = ((Number(y) + 4) * 4 + row) * side + (Number(x) + 4) * 4 + column;
        data.fill(0, at * 4, at * 4 + 3);
      }
    }
  }
  return { data, side };
}

test("what is drawn is read back, a shop's Japanese name included", () => {
  const text = "00020101021229300012D15600000000510A93FO3230Q64170002JA0109くま川商店6304ABCD";
  const bitmap = generate(text);
  const { data, side } = painted(qrPath(bitmap.size, (x, y) => bitmap.get(x, y)), bitmap.size);
  expect(jsQR(data, side, side)?.data).toBe(text);
});

test("letters are spoken four at a time", () => {
  expect(inFours("AB12CD34E")).toBe("AB12 CD34 E");
});
