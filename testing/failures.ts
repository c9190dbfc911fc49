/** Each failure once: dependents of a failed resource reject with the same reason, some in a wrapper of their own. */
export function allReasons(failures: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return failures.filter((failure) => {
    const message = failure instanceof Error ? failure.message : String(failure);
    if (seen.has(message)) return false;
    seen.add(message);
    return true;
  });
}
