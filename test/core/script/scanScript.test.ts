import { expect } from "chai";
import fc from "fast-check";
import { scanScript } from "../../../core/script/scanScript";
import { expectSound, linesOf } from "../scan/fileScan";

/** A file, and what it names. */
const FILES: Record<string, [string, string, string[]]> = {
  "a shell script": ["deploy.sh", "#!/bin/sh\nset -e\n\ndocker run a:1\n", ["docker run a:1"]],
  "a template of one": ["deploy.sh.tmpl", "docker run {{ .R }}/a:1", ["docker run {{ .R }}/a:1 [.R]"]],
  "variables for others": [
    "env.sh",
    "BUILDER_IMAGE=a/b:1\nOTHER=quay.io/a/b:2\nMY_IMAGE=c:1\ndocker run $MY_IMAGE\nIMAGE_TAG=x:1\nimage_dir=a/b:c\nX=y:1\nIMAGE_SHA=sha256:" +
      "0".repeat(64),
    ["BUILDER_IMAGE= a/b:1", "OTHER= quay.io/a/b:2", "docker run c:1"],
  ],
  "a .env file": [".env", "POSTGRES_IMAGE=postgres:16\nPATH=/a:b\n", ["POSTGRES_IMAGE= postgres:16"]],
  "a Dockerfile in a here-document": [
    "x.sh",
    "docker build -t x - <<EOF\nFROM a:1 AS b\nFROM b\nCOPY --from=c:2 / /\nEOF\ncat > Dockerfile <<'E'\nFROM d\nE\ncat <<E\nFROM no\nE\n",
    ["build", "FROM a:1", "COPY --from c:2", "FROM d"],
  ],
  "a manifest in a here-document": [
    "x.sh",
    'V=2\ncat <<-EOF | kubectl apply -f -\n\tspec:\n\t- image: a/b:1 # x\n\t- image: "c:$V"\n\t  imagePullPolicy: x\n\tEOF\ndocker pull d\n',
    ["image: a/b:1", "image: c:$V [V]", "docker pull d"],
  ],
  "a build of Cloud Build in a here-document": [
    "x.sh",
    'cat > cloudbuild.yaml <<EOF\nsteps:\n- name: "gcr.io/cloud-builders/gcloud"\n  id: a\nservice:\n  name: web\nEOF\n',
    ["name: gcr.io/cloud-builders/gcloud"],
  ],
  "images that a makefile's conditions choose, before its first rule": [
    "Makefile",
    "ifeq ($(A),arm)\n\tBASEIMAGE=armhf/php:5\nelse\n    BASEIMAGE ::= php:5\nendif\nall:\n\tBASEIMAGE=x/y:1\n",
    ["BASEIMAGE= armhf/php:5", "BASEIMAGE= php:5"],
  ],
  "commands in a here-document": ["x.sh", "ssh host <<EOF\ndocker pull a\nEOF\n", ["docker pull a"]],
  PowerShell: ["x.ps1", "docker run `\r\n  --rm a:1\r\ndocker pull b", ["docker run a:1", "docker pull b"]],
  batch: ["x.bat", "docker run ^\r\n -v C:\\x:/x a:1\r\n", ["docker run a:1"]],
  "a makefile": [
    "Makefile",
    "REG ?= ghcr.io\nIMAGE := $(REG)/a\nVERSION = $(shell git describe)\nrun: build\n\t@docker run --rm $(IMAGE):1 x\n\t-docker push ${IMAGE}:$(VERSION)\n# docker run x\nother: IMAGE=x\n",
    ["docker run ghcr.io/a:1", "docker push ghcr.io/a:$(VERSION) [VERSION]"],
  ],
  "variables of make that come later, and of its shell": [
    "a.mk",
    "x:\n\tfor i in a:1 b; do docker pull $(R)/$$i; done; X=c; docker pull $$X $${X}d\nR = r.io\n",
    ["docker pull r.io/a:1", "docker pull r.io/b", "docker pull c", "docker pull cd"],
  ],
  "a command in a variable of make": [
    "GNUmakefile",
    "RUN = docker run --rm -u $(shell id -u)\nx:\n\t$(RUN) a:1 y\n",
    ["docker run a:1"],
  ],
  "joined lines of make": ["Makefile", "x:\n\tdocker run \\\n\t  -it \\\n\t  a:1\n", ["docker run a:1"]],
  "a variable of make that holds itself": [
    "Makefile",
    "A = $(B)\nB = $(A)x\nx:\n\tdocker run $(A)/y\n",
    ["docker run $(A)x/y [A]"],
  ],
  "a variable of make for others": ["Makefile", "LINT_IMAGE ?= a/lint:1\n", ["LINT_IMAGE= a/lint:1"]],
  "a justfile": ["justfile", 'image := "a:1"\nrun:\n  docker run {{image}}\n', ["docker run a:1"]],
  "a pipeline of Jenkins": [
    "Jenkinsfile",
    "pipeline { agent { docker { image 'maven:3' } }\n steps { sh 'docker pull a:1'\n sh '''\n docker run b\n ''' } }",
    ["image maven:3", "docker pull a:1", "docker run b"],
  ],
  "an Earthfile": [
    "Earthfile",
    "VERSION 0.8\nFROM golang:1\nbuild:\n  FROM +deps\n  FROM alpine\n",
    ["FROM golang:1", "FROM alpine"],
  ],
  "a unit of systemd": ["x.container", "[Container]\nImage=quay.io/a/b:1\nExec=x\n", ["Image= quay.io/a/b:1"]],
  Terraform: [
    "main.tf",
    [
      'image = "nginx:1.25"',
      'container_image = "a/b"',
      'image = "debian-cloud/debian-12"',
      'image = "ubuntu-24-04"',
      'image = "projects/x/global/images/y"',
      'image = "${var.region}-docker.pkg.dev/p/r/i:${var.tag}"',
      'image = "${var.image}"',
      'x = "ghcr.io/a/b:1"',
      'source = "github.com/a/b"',
      'url = "https://gcr.io/a/b:1"',
      'repo = "us-docker.pkg.dev/project/repo"',
      '# image = "redis:1"',
      "  echo; docker run -d redis:2",
      'type = "application/json"',
      'member = "user:a@b.io"',
    ].join("\n"),
    [
      "image nginx:1.25",
      "container_image a/b",
      "image ${var.region}-docker.pkg.dev/p/r/i:${var.tag} [var.region,var.tag]",
      "text ghcr.io/a/b:1",
      "docker run redis:2",
    ],
  ],
  "Terraform in JSON": ["main.tf.json", '{"image": "a:1", "x": "gcr.io/a/b"}', ["image a:1", "text gcr.io/a/b"]],
  "a Pulumi program": [
    "index.ts",
    [
      'import * as k from "@pulumi/kubernetes";',
      'import x from "./a/b";',
      'const a = { image: "nginx", imagePullPolicy: "Always" };',
      "const b = { image: 'a/b:1', type: 'image/png', image: \"image/png\" };",
      "const c = `gcr.io/${project}/x:${v}`;",
      "const d = pulumi.interpolate`quay.io/a/b:1`;",
      'const e = "my.registry.example.org:5000/a/b:1";',
      'const f = ["lodash", "./x.js", "a:b", "node:fs", "@scope/name", "github.com/a/b:v1", "a.b/c", "10.0.0.0/8"];',
      'log("docker.io/ is a registry");',
    ].join("\n"),
    [
      "image nginx",
      "image a/b:1",
      "text gcr.io/${project}/x:${v} [project,v]",
      "text quay.io/a/b:1",
      "text my.registry.example.org:5000/a/b:1",
    ],
  ],
  Go: [
    "main.go",
    'import "github.com/foo/bar"\nImage: pulumi.String("nginx:1"),\nx := "k8s.io/api/core/v1"\n',
    ["Image nginx:1"],
  ],
};

describe("scanScript", () => {
  for (const [name, [path, text, lines]] of Object.entries(FILES))
    it(`reads ${name}`, () => {
      const scan = scanScript(`a/${path}`, text);
      const pulls = scan.uses.filter(({ purpose }) => purpose !== "build");
      expect(linesOf({ uses: pulls })).to.have.members(lines.filter((line) => line !== "build"));
      expectSound(text, scan);
    });

  it("is sure of programs as a hint alone, and of commands likely", () => {
    expect(scanScript("a.tf", 'image = "a:1"').uses[0].certainty).to.equal("look");
    expect(scanScript("a.sh", "docker pull a").uses[0].certainty).to.equal("likely");
  });

  const name = fc.constantFrom("nginx", "ghcr.io/a/b:1", `a/b@sha256:${"0a".repeat(32)}`, "localhost:5000/x:y");
  const option = fc.constantFrom(
    "--rm",
    "-it",
    "-d",
    "--name x",
    "-e A=b",
    "--env=C",
    "-p8:8",
    "--net host",
    "-v $PWD:/x",
  );
  const gap = fc.constantFrom(" ", "  ", " \\\n ", "\t");
  const command = fc
    .tuple(fc.array(option), gap, name, fc.constantFrom("plain", "quoted", "variable", "substituted", "nested"))
    .map(([options, space, image, form]) => {
      const before = ["docker", "run", ...options].join(space);
      switch (form) {
        case "quoted":
          return { image, text: `${before}${space}'${image.slice(0, 2)}'"${image.slice(2)}" cmd redis` };
        case "variable":
          return { image, text: `X=${image}; ${before}${space}\${X} cmd` };
        case "substituted":
          return { image, text: `Y=$(${before}${space}${image} | grep x)` };
        case "nested":
          return { image, text: `bash -c '${before}${space}${image} x'` };
        case "plain":
          return { image, text: `${before}${space}${image}${space}cmd` };
      }
    });
  const noise = fc.constantFrom(
    "# docker run no",
    "echo 'it''s'",
    "",
    "ls -l | cat",
    'if [ -z "$X" ]; then',
    "fi",
    "cat <<EOF\ndocker run no\nEOF",
  );
  const lines = fc.array(
    fc.oneof(
      command,
      noise.map((text) => ({ text, image: undefined })),
    ),
    { maxLength: 12 },
  );

  it("gives back the images that generated scripts were made of", () => {
    fc.assert(
      fc.property(lines, (parts) => {
        const text = parts.map((part) => part.text).join("\n");
        const scan = scanScript("x.sh", text);
        expect(scan.uses.map((use) => use.reference)).to.deep.equal(parts.flatMap(({ image }) => image ?? []));
        expectSound(text, scan);
      }),
      { numRuns: 200 },
    );
  });

  it("never fails on broken scripts of any kind", () => {
    const path = fc.constantFrom(
      "x.sh",
      "Makefile",
      "justfile",
      "a.tf",
      "Jenkinsfile",
      "x.ps1",
      "x.bat",
      "x.container",
      "Earthfile",
    );
    const piece = fc.constantFrom(
      ..."$ ( ) { } ' \" ` \\ < > <<E E \n \t = := ; & | # ${ $( $(( :- }} {{ \0 image= docker run pull --image a:1 A $A $(A) ${A[@]} for in do \ud800".split(
        " ",
      ),
      " ",
      "\n",
      "\n\t",
    );
    fc.assert(
      fc.property(path, fc.array(piece, { maxLength: 60 }), (file, pieces) => {
        const text = pieces.join("");
        expectSound(text, scanScript(file, text));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps values small that repeat one another", () => {
    const shell = `A=aaaaaaaa\n${"A=$A$A\n".repeat(60)}docker pull $A/b`;
    const make = `${Array.from({ length: 60 }, (_, i) => `A${i} = $(A${i + 1})$(A${i + 1})\n`).join("")}A60 = aaaa\nx:\n\tdocker pull $(A0)/b\n`;
    for (const [path, text] of [
      ["x.sh", shell],
      ["Makefile", make],
    ])
      expect(scanScript(path, text).uses.every(({ reference }) => reference.length < 1025)).to.equal(true);
  });
});
