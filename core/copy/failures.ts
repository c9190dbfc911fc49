/** Why a step of a copy did not work. */
export const FailureKind = {
  /** Too many requests: the registry wants to be left alone for a while. */
  RateLimited: "rateLimited",
  /** The registry has trouble of its own, HTTP 5xx. */
  Unavailable: "unavailable",
  /** The connection broke, or took too long. */
  Connection: "connection",
  /** Nobody listens there. */
  Refused: "refused",
  /** What arrived is not what its digest says. */
  Corrupt: "corrupt",
  /** The host has no address. */
  UnknownHost: "unknownHost",
  /** The registry's certificate is not trusted. */
  Certificate: "certificate",
  NotFound: "notFound",
  /** No credentials, or wrong ones. */
  Unauthorized: "unauthorized",
  /** The credentials lack a permission. */
  Denied: "denied",
  /** The repository keeps its tags as they are. */
  Immutable: "immutable",
  /** The registry, or a disk of it, is full. */
  Full: "full",
  /** The registry or the tool does not know this kind of image. */
  Unsupported: "unsupported",
  /** The destination's tag stands for another image. */
  OtherImage: "otherImage",
  /** The image has not the platforms that the plan names. */
  NoPlatform: "noPlatform",
  /** The destination lacks a part of the image. */
  Incomplete: "incomplete",
  Unknown: "unknown",
} as const;
export type FailureKind = (typeof FailureKind)[keyof typeof FailureKind];

/**
 * What the one `Error:` line of crane and gcrane means, which end with 1 whatever happened. The first that fits holds, so
 * the words of a registry come after the states that it answers with.
 */
const TEXTS: readonly [RegExp, FailureKind][] = [
  [/TOOMANYREQUESTS|toomanyrequests|status code 429\b/, FailureKind.RateLimited],
  [/immutab|cannot be overwritten|already exists and/i, FailureKind.Immutable],
  [/no space left on device|status code 507\b|(DENIED|UNKNOWN): [^:]*quota/i, FailureKind.Full],
  [/\bno such host\b|server misbehaving|Temporary failure in name resolution/, FailureKind.UnknownHost],
  [/x509:|tls: (failed|unknown|bad|expired|handshake)|certificate/, FailureKind.Certificate],
  [/connection refused/, FailureKind.Refused],
  [
    /error verifying|digest mismatch|DIGEST_INVALID|SIZE_INVALID|(does not|did not) match|does not match requested digest/,
    FailureKind.Corrupt,
  ],
  [/manifest digest:|unsupported MediaType|UNSUPPORTED\b|\bexpected .* to be an index/, FailureKind.Unsupported],
  [/status code (408|499|5\d\d)\b|UNAVAILABLE:|BLOB_UPLOAD_(INVALID|UNKNOWN):/, FailureKind.Unavailable],
  [
    /connection reset|broken pipe|\bEOF\b|i\/o timeout|TLS handshake timeout|deadline exceeded|Client\.Timeout|use of closed network connection|no route to host|network is unreachable|stream error|GOAWAY|server closed idle connection/,
    FailureKind.Connection,
  ],
  [/UNAUTHORIZED|status code 401\b|oauth2: cannot fetch token|authentication required/i, FailureKind.Unauthorized],
  [/DENIED|status code 403\b/, FailureKind.Denied],
  [/(MANIFEST|NAME|BLOB|MANIFEST_BLOB)_UNKNOWN|status code 404\b/, FailureKind.NotFound],
  [/(MANIFEST|NAME|TAG)_INVALID|status code (400|405|406|415)\b/, FailureKind.Unsupported],
  [/UNKNOWN:/, FailureKind.Unavailable],
];

/** What went wrong, from what a tool wrote to standard error. */
export function kindOfText(text: string): FailureKind {
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? FailureKind.Unknown;
}

/** What an HTTP status of a registry means. */
export function kindOfStatus(status: number): FailureKind {
  return kindOfText(`status code ${status}`);
}

/** Failures after which the same step may succeed. */
const TRANSIENT: readonly FailureKind[] = [
  FailureKind.RateLimited,
  FailureKind.Unavailable,
  FailureKind.Connection,
  FailureKind.Refused,
  FailureKind.Corrupt,
];

/** Whether the same step may succeed later. */
export function isTransient(kind: FailureKind): boolean {
  return TRANSIENT.includes(kind);
}

/** What to do about a failure that stays; nothing where its text says it. */
export function adviceFor(kind: FailureKind): string | undefined {
  return ADVICE[kind];
}

const ADVICE: Partial<Record<FailureKind, string>> = {
  rateLimited: "run the same command again later, sign in to the registry, or give it fewer --jobs",
  unavailable: "run the same command again later",
  connection: "run the same command again; what arrived already is not sent again",
  refused: "look whether the registry runs and the port is right, and run the same command again",
  corrupt: "a proxy or a disk on the way changes data: run the same command again from elsewhere",
  unknownHost: "look at the name of the registry, and at the DNS of this machine",
  certificate: "let this machine trust the registry's certificate (SSL_CERT_FILE), or mend the certificate",
  notFound: "take the image out of the plan or mend its name; the repository of the destination must exist",
  unauthorized: "sign in: docker login for the source, gcloud auth configure-docker for Artifact Registry",
  denied:
    "ask for roles/artifactregistry.writer on the destination, and for the right to pull the source; a repository that does not exist answers so too",
  immutable: "copy it to another tag: this repository keeps what its tags stand for",
  full: "free or ask for space at the destination, then run the same command again",
  unsupported: "the image is of a kind that the registry or the tool does not take: leave it out of the plan",
  otherImage: "say --overwrite to move the tag, or change the destination in the plan",
  noPlatform: "change platforms in the plan",
  incomplete: "delete this tag at the destination, and run the same command again",
};
