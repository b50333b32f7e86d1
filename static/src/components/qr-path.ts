/** This function will draw the dark cells of a code as one SVG path: a strip for each run of dark cells in a row. */
export function qrPath(size: number, dark: (x: number, y: number) => boolean): string {
  const strips: string[] = [];
  for (let y = 0; y < size; y += 1) {
    let x = 0;
    while (x < size) {
      const from = x;
      while (x < size && dark(x, y)) x += 1;
      if (x > from) strips.push(`M${from} ${y}h${x - from}v1h-${x - from}z`);
      else x += 1;
    }
  }
  return strips.join("");
}
