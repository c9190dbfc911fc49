import { type PullView } from "../../core/pulls/views";
import { DAY, NOW, type TruePull } from "./pullYear";

/** What the year's names of one's own begin with. */
export const FIRST_PARTY = ["*-docker.pkg.dev", "gcr.io/acme-prod"];

/** One address for both clusters of the shop. */
export const NAT = { "acme-shop/europe-west1/shop": "nat-europe", "acme-shop/europe-west1-b/shop": "nat-europe" };

export const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
export const dayOf = (milliseconds: number) => iso(milliseconds).slice(0, 10);
const sorted = (values: Iterable<string>) => [...new Set(values)].sort();
const clusterOf = ({ project, location, cluster }: TruePull) => `${project}/${location}/${cluster}`;
const egressOf = (pull: TruePull) => (pull.project === "acme-shop" ? "nat-europe" : clusterOf(pull));
const imagesOf = (pulls: readonly TruePull[]) => sorted(pulls.flatMap(({ image = [] }) => image));
const last = (pulls: readonly TruePull[]) => (pulls.length === 0 ? null : iso(Math.max(...pulls.map(({ at }) => at))));
const first = (pulls: readonly TruePull[]) => (pulls.length === 0 ? null : iso(Math.min(...pulls.map(({ at }) => at))));
const isThird = ({ image }: TruePull) =>
  image !== undefined && !/^[a-z0-9-]+-docker\.pkg\.dev\//.test(image) && !image.startsWith("gcr.io/acme-prod/");

function groups<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const group = found.get(keyOf(one));
    if (group) group.push(one);
    else found.set(keyOf(one), [one]);
  }
  return [...found.values()];
}

/** What the view `pulls` must answer of each pull, but for the parts of its name. */
export function pullRow(pull: TruePull) {
  const { at, image = null, registry = null, project, location, namespace, pod } = pull;
  return {
    ...{ time: iso(at), image, registry, project, location, cluster: clusterOf(pull), namespace, pod },
    ...{ third_party: isThird(pull), egress: egressOf(pull) },
  };
}

/** What each view must answer, from what truly happened. */
export const ANSWERS: Readonly<Record<PullView, (pulls: readonly TruePull[]) => object[]>> = {
  image: (all) =>
    groups(all, ({ image }) => image ?? "").map((pulls) => ({
      ...{
        image: pulls[0].image ?? null,
        registry: pulls[0].registry ?? null,
        third_party: isThird(pulls[0]),
        pulls: pulls.length,
      },
      ...{ first_pull: first(pulls), last_pull: last(pulls), clusters: sorted(pulls.map(clusterOf)) },
      namespaces: sorted(pulls.map(({ namespace }) => namespace)),
    })),
  day: (all) =>
    groups(all, (pull) => `${dayOf(pull.at)} ${pull.registry} ${isThird(pull)}`).map((pulls) => ({
      ...{ day: dayOf(pulls[0].at), registry: pulls[0].registry ?? null, third_party: isThird(pulls[0]) },
      ...{ pulls: pulls.length, images: imagesOf(pulls).length },
    })),
  cluster: (all) =>
    groups(all, (pull) => `${clusterOf(pull)} ${pull.namespace}`).map((pulls) => {
      const third = pulls.filter(isThird);
      return {
        ...{ cluster: clusterOf(pulls[0]), namespace: pulls[0].namespace },
        ...{ pulls: pulls.length, third_party_pulls: third.length },
        ...{ images: imagesOf(pulls).length, third_party_images: imagesOf(third).length },
        ...{ last_pull: last(pulls), last_third_party_pull: last(third) },
      };
    }),
  share,
  budget,
  tracker,
};

function share(all: readonly TruePull[]): object[] {
  const monday = (at: number) => dayOf(at - ((new Date(at).getUTCDay() + 6) % 7) * DAY);
  const counted = all
    .filter(({ image }) => image !== undefined)
    .flatMap((pull) =>
      ["*", clusterOf(pull)].flatMap((cluster) => [
        { pull, cluster, span: "day", start: dayOf(pull.at) },
        { pull, cluster, span: "week", start: monday(pull.at) },
      ]),
    );
  return groups(counted, ({ cluster, span, start }) => `${cluster} ${span} ${start}`).map((group) => {
    const third = group.filter(({ pull }) => isThird(pull)).length;
    const { cluster, span, start } = group[0];
    return { span, start, cluster, pulls: group.length, third_party_pulls: third, share: third / group.length };
  });
}

/** Looks at every six hours that end with a pull. */
function budget(all: readonly TruePull[]): object[] {
  const ofHub = all.filter(({ registry }) => registry === "docker.io");
  const ofEach = groups(ofHub, egressOf).map((pulls) => ({ egress: egressOf(pulls[0]), pulls, limits: [100, 200] }));
  return [...ofEach, { egress: "*", pulls: ofHub, limits: [200] }].flatMap(({ egress, pulls, limits }) => {
    const counted = pulls.map((pull) => ({ pull, count: sixHoursUpTo(pull, pulls) }));
    const most = Math.max(...counted.map(({ count }) => count));
    return limits.map((allowed) => {
      const over = counted.filter(({ count }) => count > allowed).map(({ pull }) => pull);
      return {
        ...{ egress, account: allowed === 100 ? "anonymous" : "free", pulls_allowed: allowed, most_pulls: most },
        most_pulls_at: first(counted.filter(({ count }) => count === most).map(({ pull }) => pull)),
        ...{ pulls_over: over.length, first_over: first(over), last_over: last(over) },
        ...{ days_over: sorted(over.map(({ at }) => dayOf(at))).length, clusters: sorted(pulls.map(clusterOf)) },
      };
    });
  });
}

function sixHoursUpTo(pull: TruePull, pulls: readonly TruePull[]): number {
  const second = ({ at }: TruePull) => Math.floor(at / 1000);
  return pulls.filter((one) => second(one) <= second(pull) && second(one) > second(pull) - 21_600).length;
}

function tracker(all: readonly TruePull[]): object[] {
  const week = NOW - 7 * DAY;
  return groups(all.filter(isThird), ({ image }) => image ?? "").map((pulls) => {
    const now = pulls.filter(({ at }) => at >= week);
    const before = pulls.filter(({ at }) => at < week && at >= week - 7 * DAY);
    return {
      ...{ image: pulls[0].image, registry: pulls[0].registry, last_pull: last(pulls), pulls: pulls.length },
      ...{ pulls_last_7_days: now.length, pulls_7_days_before: before.length, trend: now.length - before.length },
      ...{ still_in: sorted(now.map(clusterOf)), done_since: now.length === 0 ? last(pulls) : null },
    };
  });
}
