import { expect } from "chai";
import * as fc from "fast-check";
import { kindOf, kindOfContent } from "../../../core/scan/files";

describe("Who reads a file", () => {
  const KINDS: Record<string, string | undefined> = {
    Dockerfile: "Dockerfile",
    "build/Dockerfile.dev": "Dockerfile",
    "Dockerfile-alpine": "Dockerfile",
    Dockerfile_5: "Dockerfile",
    "web.Dockerfile": "Dockerfile",
    "web.dockerfile": "Dockerfile",
    "api-Dockerfile": "Dockerfile",
    Containerfile: "Dockerfile",
    "Containerfile.ubi9": "Dockerfile",
    "Dockerfile.tmpl": "Dockerfile",
    "Dockerfile.in": "Dockerfile",
    "Dockerfile.1.25": "Dockerfile",
    "Dockerfile_test.go": undefined,
    "dockerfile.ts": undefined,
    "Dockerfile.md": undefined,
    "Dockerfile.dockerignore": undefined,
    ".dockerignore": undefined,
    "DockerfileTest.java": undefined,
    "Dockerfile.yaml": "manifest",
    "Dockerfile.sh": "script",
    "a.yml": "manifest",
    "a.yaml": "manifest",
    "a.json": "manifest",
    "devcontainer.jsonc": "manifest",
    "a.YAML": "manifest",
    "values.yaml.gotmpl": "manifest",
    "a.yaml.j2": "manifest",
    "_helpers.tpl": "content",
    "page.html.j2": undefined,
    "package-lock.json": undefined,
    "pnpm-lock.yaml": undefined,
    "npm-shrinkwrap.json": undefined,
    ".github/workflows/triage.lock.yml": "manifest",
    "deploy.yaml.templ": "manifest",
    "yarn.lock": undefined,
    "go.sum": undefined,
    "run.sh": "script",
    "run.sh.tpl": "script",
    Makefile: "script",
    "Makefile.common": "script",
    GNUmakefile: "script",
    "rules.mk": "script",
    Jenkinsfile: "script",
    ".env": "script",
    ".env.example": "script",
    "main.tf": "script",
    "main.tf.json": "script",
    "prod.tfvars": "script",
    "index.ts": undefined,
    "main.go": undefined,
    "README.md": undefined,
    LICENSE: "content",
    "logo.png": undefined,
  };

  it("is told by the name", () => {
    const told = Object.fromEntries(Object.keys(KINDS).map((name) => [name, kindOf(`some/folder/${name}`)]));
    expect(told).to.deep.equal(KINDS);
  });

  it("is told by the project for programs: those of Pulumi are looked at", () => {
    for (const name of ["index.ts", "__main__.py", "main.go", "Program.cs"]) {
      expect(kindOf(name, true), name).to.equal("script");
      expect(kindOf(name, false), name).to.equal(undefined);
    }
  });

  it("is told by the beginning where a name says nothing", () => {
    expect(kindOfContent("deploy", "#!/bin/bash\necho")).to.equal("script");
    expect(kindOfContent("deploy", "#!/usr/bin/env -S bash -e\n")).to.equal("script");
    expect(kindOfContent("tool", "#!/usr/bin/env python3\n")).to.equal(undefined);
    expect(kindOfContent("base", "# a comment\n\nFROM debian:12 AS base\nRUN true\n")).to.equal("Dockerfile");
    expect(kindOfContent("base", "\ufeffFROM --platform=linux/amd64 debian\r\n")).to.equal("Dockerfile");
    expect(kindOfContent("base", "ARG TAG=12\nFROM debian:$TAG\n")).to.equal("Dockerfile");
    expect(kindOfContent("letter", "From: me\nTo: you\n")).to.equal(undefined);
    expect(kindOfContent("letter", "From all of us to all of you\n")).to.equal(undefined);
    expect(kindOfContent("_helpers.tpl", "{{- define }}")).to.equal("manifest");
    expect(kindOfContent("main_test.template", "// A test.\npackage main\n")).to.equal(undefined);
    expect(kindOfContent("page.tmpl", "<html>")).to.equal(undefined);
    expect(kindOfContent("LICENSE", "Apache License")).to.equal(undefined);
    expect(kindOfContent("empty", "")).to.equal(undefined);
  });

  it("is told of any name and any content", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), (name, text, isPulumi) => {
        kindOf(name, isPulumi);
        kindOfContent(name, text);
      }),
    );
  });
});
