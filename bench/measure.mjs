/** Milliseconds that something took. */
export function timed(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** The results of so many runs, one after another, each told its number. */
export function rounds(count, action) {
  return Array.from({ length: count }, (_, round) => action(round));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
