/** A place in a text, as editors count: both from 1, columns in UTF-16 units, a byte order mark not counted. */
export interface Place {
  line: number;
  column: number;
}

/** A function from offsets in a text to places. The text is looked at once. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = [text.startsWith("\ufeff") ? 1 : 0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = lastAtMost(starts, offset);
    return { line: line + 1, column: Math.max(0, offset - starts[line]) + 1 };
  };
}

/** Where the last number is that is at most so large; the first one where none is. */
function lastAtMost(sorted: readonly number[], most: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
