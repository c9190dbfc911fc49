import { expect } from "chai";
import fc from "fast-check";
import { componentCode } from "../../../core/migration/componentCode";
import { hubBatches } from "../../../core/migration/batches";
import { ModeChoice } from "../../../core/migration/modes";
import { planMigration, type PlanInputs } from "../../../core/migration/planner";
import { readPlan } from "../../../core/migration/readPlan";
import { writePlan } from "../../../core/migration/writePlan";
import { Certainty } from "../../../core/scan/imageUse";
import { placeOf, runningOf } from "./samples";

const SHA = `sha256:${"a".repeat(64)}`;

function inputs(names: string[], more: Partial<PlanInputs> = {}): PlanInputs {
  const destination = { location: "europe-west1", project: "acme-images" };
  return {
    scan: { places: names.map((name) => placeOf(name)), running: [] },
    destination,
    mode: ModeChoice.Auto,
    budget: 100,
    ...more,
  };
}

function plan(names: string[], more: Partial<PlanInputs> = {}) {
  return planMigration(inputs(names, more));
}

const pulled = (image: string, pulls: number) => ({ image, thirdParty: true, pulls, lastPull: "2025-01-02T03:04:05Z" });

/** What is planned of each image, shortly. */
function places({ document }: ReturnType<typeof plan>): string[] {
  return document.spec.images.map(
    ({ mode, destination }) => `${mode} ${destination.replace("europe-west1-docker.pkg.dev/acme-images/", "")}`,
  );
}

describe("planMigration", () => {
  it("copies what is pinned, pulls through what moves, and says why", () => {
    const made = plan([
      "nginx:1.25",
      "redis",
      `ghcr.io/acme/app@${SHA}`,
      `quay.io/a/b:1@${SHA}`,
      "gcr.io/distroless/static",
    ]);
    expect(places(made)).to.deep.equal([
      "Copy docker-io/library/nginx:1.25",
      "Remote docker-io-remote/library/redis:latest",
      "Copy gcr-io/distroless/static:latest",
      `Copy ghcr-io/acme/app@${SHA}`,
      `Copy quay-io/a/b:1@${SHA}`,
    ]);
    expect(made.document.spec.images.map(({ reason }) => reason)).to.deep.equal([
      "the tag 1.25 names a version, which a copy keeps when upstream deletes it; Docker Hub limits pulls",
      "the tag latest moves, and a remote repository follows it; Docker Hub limits pulls",
      "the tag latest moves, but no remote repository is known for gcr.io: copy it again to follow it",
      "pinned by digest alone: its copy has no tag, and cleanup of untagged images would delete it",
      "pinned by digest, which a copy keeps when upstream deletes it",
    ]);
  });

  it("does as it is asked", () => {
    expect(places(plan(["redis"], { mode: ModeChoice.Copy }))).to.deep.equal(["Copy docker-io/library/redis:latest"]);
    expect(places(plan(["nginx:1", "my.reg/x:1", "10.0.0.1/x:1"], { mode: ModeChoice.Remote }))).to.deep.equal([
      ...["Remote docker-io-remote/library/nginx:1", "Copy registry-10-0-0-1/x:1", "Remote my-reg-remote/x:1"],
    ]);
  });

  it("joins files, clusters and logs, and takes what is pulled most from limited registries first", () => {
    const names = ["quay.io/a/often:1", "rare:1", "unused:1", "often:1", "rare:1"];
    const made = plan(names, {
      scan: {
        places: [...names.map((name) => placeOf(name)), placeOf("eu.gcr.io/own/x:1", { party: "own" })],
        running: [runningOf("docker.io/library/hidden:1", 4)],
      },
      pulls: [
        pulled("docker.io/library/often:1", 90),
        pulled("quay.io/a/often:1", 900),
        pulled("rare:1", 2),
        pulled("rare:1", 3),
        pulled("us-docker.pkg.dev/a/b/c:1", 7),
        { ...pulled("gcr.io/acme/own:1", 9), thirdParty: false },
      ],
    });
    const told = made.document.spec.images.map(({ source, uses, running, pulls }) => [source, uses, running, pulls]);
    expect(told).to.deep.equal([
      ["docker.io/library/often:1", 1, 0, 90],
      ["docker.io/library/rare:1", 2, 0, 5],
      ["docker.io/library/hidden:1", 0, 4, 0],
      ["quay.io/a/often:1", 1, 0, 900],
      ["docker.io/library/unused:1", 1, 0, 0],
    ]);
    expect(made.document.spec.unused).to.deep.equal(["docker.io/library/unused:1"]);
    expect(made.document.spec.images[2].reason).to.contain("no file names it");
  });

  it("leaves out what is no image that can be copied, with the place and the reason", () => {
    const open = placeOf("nginx:${TAG}", { image: undefined, open: ["TAG"] });
    const look = placeOf("busybox:1", { certainty: Certainty.Look });
    const local = placeOf("localhost:5000/x:1");
    const { left, document } = plan([], {
      scan: { places: [open, look, local, placeOf("x:1", { purpose: "push", party: "own" })], running: [] },
    });
    expect(document.spec.images).to.deep.equal([]);
    expect(left.map(({ reference, reason }) => `${reference}: ${reason}`)).to.deep.equal([
      "nginx:${TAG}: the file leaves TAG open",
      "busybox:1: Kiln does not read this program: look there",
      "localhost:5000/x:1: its registry is on one machine",
    ]);
  });

  it("fills batches of Docker Hub's budget, and says how long they take", () => {
    const names = [...Array(214).keys()].map((n) => `img${n}:1`);
    const { document } = plan([...names, "ghcr.io/a/b:1"], { budget: 200, platforms: ["linux/amd64"] });
    expect(hubBatches(document.spec.images)).to.deep.equal({ images: 214, pulls: 428, batches: 3, hours: 12 });
    expect(document.spec.images.map(({ batch }) => batch)).to.include.members([1, 2, 3]);
    expect(plan(["big:1", "bigger:1"], { budget: 3 }).document.spec.images.map(({ batch }) => batch)).to.deep.equal([
      1, 2,
    ]);
  });

  it("keeps what people edited, adds what is new, and tells what is gone", () => {
    const first = plan(["nginx:1.25", "redis:7", "ghcr.io/a/b:1"]).document;
    const text = writePlan(first)
      .replace("docker-io/library/nginx:1.25", "base/web:1.25")
      .replace(
        "    - source: docker.io/library/redis:7",
        "    # Ann asked for it\n    - source: docker.io/library/redis:7",
      )
      .replace(/(redis:7\n\s+)mode: Copy/, `$1mode: Remote # for now`)
      .replace("docker-io/library/redis", "docker-io-remote/library/redis")
      .replace(/(nginx:1.25\n\s+destination: .+\n)/, `$1      digest: ${SHA}\n      platforms: [linux/amd64]\n`);
    const before = readPlan({ file: "plan.yaml", text });
    expect(before.problems).to.deep.equal([]);
    const made = plan(["redis:7", "nginx:1.25", "alpine:3"], { before: before.document, platforms: ["linux/arm64"] });
    expect(places(made)).to.deep.equal([
      "Copy base/web:1.25",
      "Remote docker-io-remote/library/redis:7",
      "Copy ghcr-io/a/b:1",
      "Copy docker-io/library/alpine:3",
    ]);
    expect([made.added, made.gone, made.kept.map(({ source }) => source)]).to.deep.equal([
      ["docker.io/library/alpine:3"],
      ["ghcr.io/a/b:1"],
      ["docker.io/library/nginx:1.25"],
    ]);
    expect(made.document.spec.images[0]).to.deep.include({ digest: SHA, platforms: ["linux/amd64"] });
    const written = writePlan(made.document, text);
    expect(written)
      .to.include("    # Ann asked for it\n    - source: docker.io/library/redis:7")
      .and.to.include("mode: Remote # for now");
    expect(readPlan({ file: "plan.yaml", text: written })).to.deep.equal({ document: made.document, problems: [] });
  });

  it("follows changed rules when asked, and lets go of what is gone", () => {
    const first = plan(["nginx:1.25", "redis:7"]).document;
    const before = {
      ...first,
      spec: { ...first.spec, rules: [{ prefix: "docker.io", repository: "mirror", path: "hub" }] },
    };
    expect(plan(["nginx:1.25"], { before }).kept).to.have.lengthOf(2);
    const made = plan(["nginx:1.25"], { before, followRules: true, prune: true });
    expect(places(made)).to.deep.equal(["Copy mirror/hub/library/nginx:1.25"]);
  });

  it("shows both images that would be mixed", () => {
    const rules = [
      { prefix: "ghcr.io", repository: "all" },
      { prefix: "quay.io", repository: "all" },
    ];
    const first = plan([]).document;
    const { problems } = plan(["ghcr.io/a/b:1", "quay.io/a/b:2"], {
      before: { ...first, spec: { ...first.spec, rules } },
    });
    expect(problems).to.have.lengthOf(1);
    expect(problems[0]).to.match(/^the destination of quay\.io\/a\/b:2 is where ghcr\.io\/a\/b:1 goes already/);
  });

  it("shows the component that declares the repositories", () => {
    const code = componentCode(plan(["nginx:1.25", "redis", "ghcr.io/a/b"]).document);
    expect(code)
      .to.include('"docker-io": {},')
      .and.to.include('"docker-io-remote": { remote: { upstream: RemoteUpstream.DockerHub } },');
    expect(code)
      .to.include('"ghcr-io-remote": { remote: { upstream: RemoteUpstream.GitHub } },')
      .and.not.to.include('"ghcr-io":');
  });

  it("writes what it reads, changes nothing the second time, and depends on no order", () => {
    const name = fc.constantFrom(
      "nginx",
      "nginx:1",
      "redis:7",
      `redis:7@${SHA}`,
      "ghcr.io/a/b:1",
      "quay.io/c",
      "[::2]:5000/x:1",
      "Upper.io/x:y",
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), (names) => {
        const { document, problems } = plan(names);
        expect(problems).to.deep.equal([]);
        const text = writePlan(document);
        expect(readPlan({ file: "p", text })).to.deep.equal({ document, problems: [] });
        expect(writePlan(plan(names, { before: document }).document, text)).to.equal(text);
        expect(plan([...names].reverse()).document).to.deep.equal(document);
      }),
      { numRuns: 40 },
    );
  });
});
