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
