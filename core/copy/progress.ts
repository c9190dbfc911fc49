/** How far a copy is. */
export interface Progress {
  /** Images in all. */
  images: number;
  done: number;
  failed: number;
  /** Bytes of those that are done by copying. */
  copiedBytes: number;
  /** Images that were copied, not those that were found. */
  copied: number;
  /** Bytes of those that are still to be copied, as far as they are known. */
  knownBytes: number;
  /** How many of them are known. */
  known: number;
}

/** Bytes that are left: those of unknown size are taken to be like the others. */
export function bytesLeft({ images, done, failed, copiedBytes, copied, knownBytes, known }: Progress): number {
  const left = images - done - failed;
  const [seen, bytes] = [copied + known, copiedBytes + knownBytes];
  const mean = seen === 0 ? 0 : bytes / seen;
  return knownBytes + Math.max(0, left - known) * mean;
}

/**
 * Milliseconds that are left at the pace so far; nothing before the first image was copied.
 *
 * @param elapsed milliseconds since copying began.
 */
export function timeLeft(progress: Progress, elapsed: number): number | undefined {
  const left = bytesLeft(progress);
  if (progress.copied === 0 || elapsed <= 0) return undefined;
  if (progress.copiedBytes === 0)
    return ((progress.images - progress.done - progress.failed) * elapsed) / progress.copied;
  return (left / progress.copiedBytes) * elapsed;
}

/** `812 B`, `3.4 MB`, `12 GB`. */
export function bytesText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const value = bytes / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** `45 s`, `12 min`, `5 h 20 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}
