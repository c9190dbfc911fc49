import { Certainty, Purpose } from "../../../core/scan/imageUse";
import { knownName } from "../../../core/scan/openName";
import { Party } from "../../../core/scan/parties";
import { type ImagePlace, type RunningImage } from "../../../core/scan/report";

/** A plan with a pinned image, a moving one, and one of another registry. */
export const planText = `apiVersion: kiln/v1
kind: MigrationPlan
spec:
  destination:
    location: europe-west1
    project: acme-images
  rules:
    - prefix: docker.io
      repository: docker-io
      remote: docker-io-remote
    - prefix: ghcr.io
      repository: ghcr-io
  images:
    - source: docker.io/library/nginx:1.25
      destination: europe-west1-docker.pkg.dev/acme-images/docker-io/library/nginx:1.25
      mode: Copy
      reason: its version is pinned
      pulls: 3000
      batch: 1
      uses: 3
    - source: docker.io/library/redis:latest
      destination: europe-west1-docker.pkg.dev/acme-images/docker-io-remote/library/redis:latest
      mode: Remote
      reason: its tag moves
      batch: 1
      uses: 1
    - source: ghcr.io/acme/nginx:1
      destination: europe-west1-docker.pkg.dev/acme-images/ghcr-io/acme/nginx:1
      mode: Copy
      reason: its version is pinned
      batch: 1
      uses: 0
  unused:
    - ghcr.io/acme/nginx:1
`;

/** A place of a file that names an image, as a scan tells it. */
export function placeOf(name: string, more: Partial<ImagePlace> = {}): ImagePlace {
  const place = {
    file: "Dockerfile",
    line: 1,
    column: 6,
    open: [],
    purpose: Purpose.Pull,
    certainty: Certainty.Certain,
  };
  return { ...place, reference: name, ...knownName(name, false), party: Party.Third, kind: "FROM", ...more };
}

/** An image that runs. */
export function runningOf(name: string, pods: number): RunningImage {
  const place = { cluster: "shop", namespace: "default", owner: "Deployment/web", container: "web" };
  return { ...place, reference: name, ...knownName(name, false), party: Party.Third, pods };
}
