import { expect } from "chai";
import { scanArguments, scanCommand, type Argument } from "../../../core/script/command";
import type { ImageUse } from "../../../core/scan/imageUse";
import { expectSound, linesOf } from "../scan/fileScan";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** Commands, and what they name: `kind reference`; other purposes than pulling begin with their name. */
const CASES: [string, ...string[]][] = [
  ["docker run --rm -it --name x ubuntu bash", "docker run ubuntu"],
  ["docker run -p80:80 -e A=b -v $PWD:/x --net=host --gpus all -itu root -d nginx:1 -x redis", "docker run nginx:1"],
  ["docker -H tcp://x --context y container run alpine", "docker run alpine"],
  ["docker create --name x a/b:1", "docker create a/b:1"],
  ["/usr/bin/docker pull -q --platform linux/arm64 nginx", "docker pull nginx"],
  ["podman pull docker://quay.io/a/b:1 c", "podman pull quay.io/a/b:1", "podman pull c"],
  [`docker pull a/b@${DIGEST}`, `docker pull a/b@${DIGEST}`],
  ["docker push --all-tags gcr.io/p/a", "push docker push gcr.io/p/a"],
  ["docker tag a:1 gcr.io/p/a:1", "docker tag a:1", "build docker tag gcr.io/p/a:1"],
  ["docker commit x a:1", "build docker commit a:1"],
  ["docker save -o x.tar a:1 b:2", "docker save a:1", "docker save b:2"],
  [
    "docker build -t a/b:1 --tag=c -f d.Dockerfile --build-arg BASE_IMAGE=ubuntu:22.04 --build-arg V=a:1 .",
    "build docker build -t a/b:1",
    "build docker build --tag c",
    "docker build --build-arg BASE_IMAGE ubuntu:22.04",
  ],
  [
    "docker buildx build --cache-from type=registry,ref=a/c:1 --cache-to=type=registry,ref=a/d --build-context b=docker-image://e:1 .",
    "docker build --cache-from a/c:1",
    "push docker build --cache-to a/d",
    "docker build --build-context e:1",
  ],
  [
    "docker buildx imagetools create -t x/y:1 z:2",
    "push docker buildx imagetools create x/y:1",
    "docker buildx imagetools create z:2",
  ],
  ["docker manifest create a:1 a:amd", "build docker manifest create a:1", "docker manifest create a:amd"],
  ["docker ps -a; docker rm x; docker exec x ls; docker compose up; docker login ghcr.io; docker rmi x:1"],
  ["podman build --manifest a/b:1 .", "build podman build --manifest a/b:1"],
  ["gcloud docker -- push gcr.io/p/a:1; gcloud docker pull a:1", "push docker push gcr.io/p/a:1", "docker pull a:1"],
  [
    "trivy image ghcr.io/a/b:1 c/d:1; go run x quay.io/a/b:$TAG; echo quay.io/a/b:1; [ $A = quay.io/a/b:1 ]; yq w quay.io/a",
    "trivy ghcr.io/a/b:1",
    "go quay.io/a/b:$TAG [TAG]",
  ],
  [
    "kustomize edit set image web=a/b:1 c/d:2; kustomize build x=a/b:1",
    "kustomize edit set image a/b:1",
    "kustomize edit set image c/d:2",
  ],
  ["start --image windows-cloud/global/images/windows-server-2019"],
  ["docker image ls nginx; docker network create x; docker volume create y"],
  [
    "nerdctl run -d a; buildah from b; buildah push c docker://d/e",
    "nerdctl run a",
    "buildah from b",
    "push buildah push d/e",
  ],
  [
    "crane cp a:1 b.io/c:1; gcrane digest --platform x d:1",
    "crane cp a:1",
    "push crane cp b.io/c:1",
    "gcrane digest d:1",
  ],
  ["crane push x.tar a/b:1; crane ls c/d", "push crane push a/b:1"],
  ["crane append -b a:1 -t b:2 -f x.tar", "crane append -b a:1", "push crane append -t b:2"],
  [
    "skopeo copy --src-creds a:b docker://a/b docker://c.io/d; skopeo copy x oci:y",
    "skopeo copy a/b",
    "push skopeo copy c.io/d",
  ],
  [
    "ctr -n k8s.io i pull docker.io/library/a:1; crictl pull b; ctr run --rm c:1 id",
    "ctr i pull docker.io/library/a:1",
    "crictl pull b",
    "ctr run c:1",
  ],
  [
    "kind load docker-image a:1 --name x; kind create cluster --image kindest/node:v1",
    "kind load docker-image a:1",
    "kind --image kindest/node:v1",
  ],
  [
    "minikube image load a; minikube image build -t b .; k3d image import c",
    "minikube image load a",
    "build minikube image build b",
    "k3d image import c",
  ],
  [
    "pack build a/b --builder c/d:1 --run-image e",
    "build pack build a/b",
    "pack build --builder c/d:1",
    "pack build --run-image e",
  ],
  ["kubectl run x --image=nginx -- sh -c 'docker run alpine'", "kubectl --image nginx"],
  ["kubectl -n y create deployment x --image nginx:1", "kubectl --image nginx:1"],
  ["kubectl set image deploy/x a=b:1 c=$D e=F", "kubectl set image b:1"],
  [
    "helm install x y --set image.repository=a/b,image.tag=1 --set c.image=d/e,f=g",
    "helm --set image a/b:1",
    "helm --set c.image d/e",
  ],
  ["helm upgrade x --set image.registry=ghcr.io --set image.repository=a/b", "helm --set image ghcr.io/a/b"],
  ["gcloud beta run deploy x --quiet --image=gcr.io/a/b --region y", "gcloud run deploy --image gcr.io/a/b"],
  [
    "gcloud compute instances create x --image debian-12 --container-image=a/b",
    "gcloud compute instances --container-image a/b",
  ],
  ["gcloud builds submit --tag gcr.io/a/b .", "build gcloud builds submit --tag gcr.io/a/b"],
  [
    "gcloud container images add-tag a/b:1 a/b:2 --quiet",
    "gcloud container images a/b:1",
    "push gcloud container images a/b:2",
  ],
  [
    "some-tool --image a --sidecar-image=b/c:1 --image-name d/e --builder-image f:1",
    "--sidecar-image b/c:1",
    "--builder-image f:1",
  ],
  ["echo docker run nginx; # docker run redis\nDOCKER run x", ""],
  [
    "sudo -u root docker run a; time docker run b && ! docker run c | docker run d",
    "docker run a",
    "docker run b",
    "docker run c",
    "docker run d",
  ],
  [
    "if docker pull a; then docker pull b; fi; X=1 docker pull c; env -u Y Z=1 docker pull d",
    "docker pull a",
    "docker pull b",
    "docker pull c",
    "docker pull d",
  ],
  ["(docker pull a); { docker pull b; }; f() { docker pull c; }", "docker pull a", "docker pull b", "docker pull c"],
  ["docker run \\\n  --rm \\\n  a:1", "docker run a:1"],
  ["docker run \\\r\n  a:1\r\ndocker pull b\r\n", "docker run a:1", "docker pull b"],
  ["docker pull a > /dev/null 2>&1 < b; docker pull c >> d", "docker pull a", "docker pull c"],
  ["docker pull 'a':\"1\"-b", "docker pull a:1-b"],
  [
    'X=$(docker run --rm a:1 x) Y=`docker run b` docker pull "$(docker run c:1)"',
    "docker run a:1",
    "docker run b",
    "docker run c:1",
  ],
  [
    "bash -ec 'docker pull a'; sh -c \"docker pull b; sh -c 'docker pull c'\"",
    "docker pull a",
    "docker pull b",
    "docker pull c",
  ],
  ["xargs -I {} docker pull {}; docker pull $1; docker pull $IMAGE; docker pull $(x)"],
  ['$DOCKER run a; ${CONTAINER_TOOL} run b; "$PREFIX" docker run c', "docker run a", "docker run b", "docker run c"],
  ["docker pull PROJECT_ID/x; docker pull <image>; docker run gcr.io/YOUR_PROJECT/x; docker pull Nginx"],
  [
    "docker pull a:$V b@$D $R/c d$E",
    "docker pull a:$V [V]",
    "docker pull b@$D [D]",
    "docker pull $R/c [R]",
    "docker pull d$E [E]",
  ],
  ["docker run $FLAGS --net x ${DOCKER_OPTS} a:1", "docker run a:1"],
  ['IMAGE=nginx:1; docker run "$IMAGE"; IMAGE=redis; docker run ${IMAGE}', "docker run nginx:1", "docker run redis"],
  ["export R=ghcr.io V=${1:-2} ; I=$R/a:$V; docker pull $I", "docker pull ghcr.io/a:2"],
  [
    "docker pull ${X:-a:1}; : ${Y:=b:1}; docker pull $Y; docker pull c:1${Z:+-x}",
    "docker pull a:1",
    "docker pull b:1",
    "docker pull c:1",
  ],
  [
    "V=1; V+=2; docker pull a:$V; V=$V; docker pull b:$V; W=$(x); docker pull c:$W",
    "docker pull a:$V [V]",
    "docker pull b:$V [V]",
    "docker pull c:$W [W]",
  ],
  ["OPTS='--rm -v a:b'; docker run $OPTS x:1; RUN='docker run'; $RUN y", "docker run x:1", "docker run y"],
  ["for i in a:1 b; do docker pull x/$i; done", "docker pull x/a:1", "docker pull x/b"],
  ['L="a:1 b:2"\nfor i in $L; do docker pull $i\ndone', "docker pull a:1", "docker pull b:2"],
  ['L=(a:1 # x\n "b:2")\nfor i in "${L[@]}"; do docker pull $i; done', "docker pull a:1", "docker pull b:2"],
  [
    "docker pull {{ .Values.x }}/a:1; docker pull b:${{ matrix.v }}",
    "docker pull {{ .Values.x }}/a:1 [.Values.x]",
    "docker pull b:${{ matrix.v }} [matrix.v]",
  ],
];

function shown(uses: readonly ImageUse[]): string[] {
  return uses.map((use) => `${use.purpose === "pull" ? "" : `${use.purpose} `}${linesOf({ uses: [use] })[0]}`);
}

function listOf(...texts: string[]): Argument[] {
  return texts.map((text, i) => ({ text, span: { start: i * 100, end: i * 100 + text.length }, start: i * 100 }));
}

describe("scanCommand", () => {
  for (const [text, ...names] of CASES)
    it(`reads ${text}`, () => {
      const uses = scanCommand(text, 0);
      expect(shown(uses)).to.have.members(names.filter((name) => name !== ""));
      expectSound(text, { uses, problems: [] });
    });

  it("says where the pieces stand, from the place of the text on", () => {
    const file = 'run: V=1; docker pull "a/b:$V"';
    const [use] = scanCommand(file.slice(5), 5);
    expect(file.slice(use.span.start, use.span.end)).to.equal("a/b:$V");
    expect(use.pieces.map(({ text, span, holder }) => [text, span?.start, holder])).to.deep.equal([
      ["a/b:", file.indexOf("a/b"), undefined],
      ["1", file.indexOf("1"), "V"],
    ]);
  });

  it("gives no places in a text that is written in another way", () => {
    const [use] = scanCommand('docker pull "a"', { start: 7, end: 40 });
    expect(use.span).to.deep.equal({ start: 7, end: 40 });
    expect(use.pieces).to.deep.equal([{ text: "a" }]);
  });

  it("asks the file around for variables, which fields also write in parentheses", () => {
    const variable = (name: string) =>
      name === "params.v" ? [{ text: "1.2", span: { start: 50, end: 53 }, holder: "params.v" }] : undefined;
    const uses = scanCommand("docker pull a:$(params.v); docker pull b:$(params.w)", 0, { variable });
    expect(linesOf({ uses })).to.deep.equal(["docker pull a:1.2", "docker pull b:$(params.w) [params.w]"]);
    expect(uses[0].pieces[1]).to.deep.equal({ text: "1.2", span: { start: 50, end: 53 }, holder: "params.v" });
  });
});

describe("scanArguments", () => {
  it("reads a command of words, and what a shell among them gets", () => {
    expect(shown(scanArguments(listOf("docker", "run", "-v", "a b", "nginx", "x")))).to.deep.equal([
      "docker run nginx",
    ]);
    const uses = scanArguments(listOf("sh", "-c", "echo; docker pull a"));
    expect(shown(uses)).to.deep.equal(["docker pull a"]);
    expect(uses[0].span).to.deep.equal({ start: 218, end: 219 });
  });

  it("finds --image in options alone", () => {
    expect(shown(scanArguments(listOf("--x", "--image=a/b:1", "--worker-image", "c:2")))).to.deep.equal([
      "--image a/b:1",
      "--worker-image c:2",
    ]);
    expect(scanArguments([])).to.deep.equal([]);
  });

  it("leaves variables of the file's format open, and fills in those that are known", () => {
    const variable = (name: string) => (name === "_TAG" ? [{ text: "1" }] : undefined);
    const words = listOf("docker", "build", "-t", "gcr.io/$PROJECT_ID/a:${_TAG}", ".");
    const [use] = scanArguments(words, { variable });
    expect(shown([use])).to.deep.equal(["build docker build -t gcr.io/$PROJECT_ID/a:1 [PROJECT_ID]"]);
    expect(use.pieces.map(({ span }) => span?.start)).to.deep.equal([300, 307, 318, undefined]);
  });

  it("gives no places in words that are written in another way", () => {
    const words = listOf("docker", "pull").concat({ text: "a:$X", span: { start: 300, end: 320 } });
    const [use] = scanArguments(words);
    expect(use.span).to.deep.equal({ start: 300, end: 320 });
    expect(use.pieces).to.deep.equal([{ text: "a:" }, { text: "$X" }]);
  });
});
