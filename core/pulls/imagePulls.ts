/** How often an image was pulled, as a view over the pull logs says. */
export interface ImagePulls {
  /** Name as the pulls gave it, made canonical: `docker.io/library/nginx:1.25`. */
  image: string;
  /** Host of the registry. */
  registry: string;
  /** @asType integer */
  pulls: number;
  /** RFC 3339, UTC. */
  firstPull: string;
  /** RFC 3339, UTC. */
  lastPull: string;
  /** Clusters that pulled it, as `PROJECT/LOCATION/CLUSTER`. */
  clusters: string[];
  /** Namespaces that pulled it. */
  namespaces: string[];
}
