import { all, type Rule, shapedLike, shown } from "../rules";
import { ALL } from "./pullsQuery";

/** Id of a project, region or zone, and name of a cluster, as the logs have them. */
const CLUSTER =
  /^([a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]\/[a-z]+-[a-z]+[0-9]{1,2}(-[a-z])?\/[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

/** A rule for the whole name of a cluster. https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
export const clusterPath: Rule<string> = shapedLike(
  CLUSTER,
  "a cluster as PROJECT/LOCATION/CLUSTER, such as acme-shop/europe-west1/shop",
);

/** A rule for the name of an address; one alone would stand for all clusters. */
export const egressName: Rule<string> = all(
  (value) => (value === ALL ? `must not be ${shown(ALL)}, which stands for all clusters together` : undefined),
  shapedLike(
    /^[A-Za-z0-9][\w./:-]{0,199}$/,
    "a name such as nat-europe or 203.0.113.7: at most 200 letters, digits, underscores, hyphens, periods, colons and slashes, beginning with a letter or digit",
  ),
);
