import { type Row } from "./googleSql";

/** One pull, as it happened. */
export interface TruePull {
  /** Milliseconds since 1970. */
  at: number;
  /** Canonical name; nothing where the message holds none. */
  image?: string;
  registry?: string;
  project: string;
  location: string;
  cluster: string;
  namespace: string;
  pod: string;
}

/** A year of pulls, and the log entries that tell of it. */
export interface PullYear {
  pulls: TruePull[];
  entries: Row[];
}

/** The moment at which the year is looked at. */
export const NOW = Date.parse("2026-11-20T12:00:00Z");
export const DAY = 86_400_000;
const HOUR = 3_600_000;

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** An image by its canonical name, and all the ways in which pods write it. */
interface Written {
  image: string;
  registry: string;
  forms: string[];
  /** Pulls of the year happen in these days before now. */
  from: number;
  until: number;
}

const IMAGES: Written[] = [
  hub("library/nginx:1.25", 365, 0),
  hub("library/redis", 365, 30),
  hub("library/postgres:16.1", 200, 9),
  hub("bitnami/kafka:3.7", 365, 0),
  hub(`library/busybox:1.36@${DIGEST}`, 40, 0),
  other("gcr.io", "distroless/static:nonroot", 365, 0),
  other("gcr.io", "acme-prod/api:v2", 365, 0),
  other("gcr.io", "acme-production/api:v2", 365, 0),
  other("quay.io", "prometheus/node-exporter:v1.8.0", 365, 14.5),
  other("registry.acme.example:5000", "tools/lint", 100, 3),
  other("europe-docker.pkg.dev", "acme/images/api:v9", 90, 0),
  other("us-central1-docker.pkg.dev", `acme/images/web@${DIGEST}`, 60, 0),
];

const CLUSTERS = [
  { project: "acme-shop", location: "europe-west1", cluster: "shop" },
  { project: "acme-shop", location: "europe-west1-b", cluster: "shop" },
  { project: "acme-search", location: "us-central1", cluster: "search" },
];

function hub(path: string, from: number, until: number): Written {
  const short = path.replace(/^library\//, "");
  const forms = [short, path, `docker.io/${path}`, `index.docker.io/${path}`, `docker.io/${short}`];
  return { image: `docker.io/${path}`, registry: "docker.io", forms, from, until };
}

function other(registry: string, path: string, from: number, until: number): Written {
  return { image: `${registry}/${path}`, registry, forms: [`${registry}/${path}`], from, until };
}

/** The same numbers from 0 to 1 for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A year with everyday pulls, nights on which nodes are replaced, and entries that lead queries astray. */
export function pullYear(count = 3000, seed = 7): PullYear {
  const random = chance(seed);
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)];
  const year: PullYear = { pulls: [], entries: [] };
  const add = (image: Written, at: number, place = pick(CLUSTERS)) => {
    const pull = { at, image: image.image, registry: image.registry, ...place };
    record(
      year,
      { ...pull, namespace: pick(["shop", "web", "kube-system"]), pod: `pod-${year.pulls.length}` },
      pick(image.forms),
      random,
    );
  };
  for (let made = 0; made < count; made++) {
    const image = pick(IMAGES);
    add(image, NOW - Math.floor((image.until + random() * (image.from - image.until)) * DAY));
  }
  // 150 pulls within six hours, the first and the last of them in the very last second that counts and the next one.
  const night = NOW - 100.5 * DAY;
  for (let at = 0; at < 150; at++) add(IMAGES[0], night + Math.floor((at * 6 * HOUR) / 149 / 1000) * 1000, CLUSTERS[0]);
  for (let at = 0; at < 230; at++) add(IMAGES[3], NOW - 20 * DAY + at * 1000, CLUSTERS[2]);
  for (const message of UNREADABLE)
    addUnreadable(year, message, NOW - Math.floor(random() * 300 * DAY), pick(CLUSTERS));
  year.entries.push(
    ...OTHER_EVENTS.map((payload, at) =>
      entry({ at: NOW - at, ...CLUSTERS[0], namespace: "x", pod: "y" }, payload, `other-${at}`),
    ),
  );
  return year;
}

/** Messages without a name that anybody could pull. */
const UNREADABLE: (string | null)[] = [
  null,
  "",
  "Pulling",
  'Pulling image ""',
  'Pulling image "nginx',
  'Pulling image "acme/UPPER:1"',
  'Pulling image "näh:1"',
  'Pulling image "\'; DROP TABLE events; --"',
  'Pulling image "`acme-logs.image_pull_logs.events`"',
  'Pulling image "nginx:1\nredis"',
  `Pulling image "${"a/".repeat(2000)}a"`,
  `Pulling image "${"0123456789abcdef".repeat(4)}"`,
  'Pulling image "nginx@sha256:12"',
  'Pulling image "a//b"',
  "\u202eрulling image “nginx”",
];

/** What other sinks may write into the same table. */
const OTHER_EVENTS: Row[] = [
  { reason: "Pulled", message: 'Successfully pulled image "nginx"' },
  { reason: "BackOff", message: 'Back-off pulling image "nginx"' },
  { reason: null, message: 'Pulling image "nginx"' },
];

function addUnreadable(year: PullYear, message: string | null, at: number, place: (typeof CLUSTERS)[number]): void {
  const pull = { at, ...place, namespace: "odd", pod: "odd" };
  year.pulls.push(pull);
  year.entries.push(entry(pull, { reason: "Pulling", message }, `odd-${year.entries.length}`));
}

function record(year: PullYear, pull: TruePull, form: string, random: () => number): void {
  const combined = random() < 0.1;
  const message = `${combined ? "(combined from similar events): " : ""}Pulling image "${form}"`;
  // The total so far of a combined event, which says nothing of this entry.
  const count = combined ? 1 + Math.floor(random() * 40) : 1;
  const id = random() < 0.02 ? null : `id-${year.entries.length}`;
  const told = entry(pull, { reason: "Pulling", message, count }, id);
  year.pulls.push(pull);
  year.entries.push(told);
  // Delivered twice, or read by two sinks.
  if (id !== null && random() < 0.05) year.entries.push({ ...told, receiveTimestamp: pull.at + 5000 });
}

function entry(
  { at, project, location, cluster, namespace, pod }: TruePull,
  payload: Row,
  insertId: string | null,
): Row {
  return {
    timestamp: at,
    receiveTimestamp: at + 1000,
    logName: `projects/${project}/logs/events`,
    insertId,
    severity: "INFO",
    resource: {
      type: "k8s_pod",
      labels: { project_id: project, location, cluster_name: cluster, namespace_name: namespace, pod_name: pod },
    },
    jsonPayload: { type: "Normal", kind: "Event", ...payload },
  };
}
