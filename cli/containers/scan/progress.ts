/** Whoever waits shorter needs to be told nothing. */
const PATIENCE_MS = 1000;
const EVERY_MS = 200;

/** Passes files through, and tells on a terminal how many were read where that takes long. */
export function* withProgress<T>(files: Iterable<T>, stream: NodeJS.WriteStream = process.stderr): Generator<T> {
  let [count, next, isShown] = [0, performance.now() + PATIENCE_MS, false];
  for (const file of files) {
    yield file;
    count++;
    if (!stream.isTTY || performance.now() < next) continue;
    next = performance.now() + EVERY_MS;
    isShown = true;
    stream.write(`\r\u001b[K${count} files read …`);
  }
  if (isShown) stream.write("\r\u001b[K");
}
