/** A variable says which hosts stand in for registries: `docker.io=127.0.0.1:5000,ghcr.io=127.0.0.1:5001`. */
export const STAND_INS_VARIABLE = "KILN_REGISTRY_ENDPOINTS";

const ENTRY = /^([a-z0-9.-]+(?::\d+)?)=((?:localhost|127\.0\.0\.1|\[::1\]):\d{1,5})$/;

/**
 * Registries on this machine that stand in for others, for tests. Nobody signs in there, so no other machine is taken.
 *
 * @throws RangeError for what names something else.
 */
export function readStandIns(text: string | undefined): Map<string, string> {
  const entries = (text ?? "").split(",").filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [, name, host] = ENTRY.exec(entry) ?? [];
      if (name === undefined)
        throw new RangeError(
          `${STAND_INS_VARIABLE} must be like docker.io=127.0.0.1:5000, with hosts on this machine, got ${JSON.stringify(entry)}`,
        );
      return [name, host];
    }),
  );
}
