import { expect } from "chai";
import { knownName } from "../../../core/scan/openName";

describe("What a name says although variables are open", () => {
  const CASES: [string, boolean, object][] = [
    [
      "nginx:1.27",
      false,
      { image: "docker.io/library/nginx:1.27", repository: "docker.io/library/nginx", registry: "docker.io" },
    ],
    ["Not A Name", false, {}],
    ["nginx:${TAG}", true, { repository: "docker.io/library/nginx", registry: "docker.io" }],
    ["nginx@${DIGEST}", true, { repository: "docker.io/library/nginx", registry: "docker.io" }],
    ["ghcr.io/acme/$(params.name):1", true, { registry: "ghcr.io" }],
    ["gcr.io/${PROJECT_ID}/web:{{ .Chart.AppVersion }}", true, { registry: "gcr.io" }],
    ["acme/${NAME}", true, { registry: "docker.io" }],
    ["${REGISTRY}/nginx:1", true, {}],
    ["{{ .Values.registry }}/nginx", true, {}],
    ["${IMAGE}", true, {}],
    ["${PREFIX}nginx", true, {}],
    ["nginx$SUFFIX", true, {}],
    ["localhost:${PORT}/web", true, {}],
    ["ghcr.io/acme/web", true, { registry: "ghcr.io" }],
    ["web", true, {}],
  ];

  for (const [reference, isOpen, known] of CASES)
    it(`${reference}${isOpen ? " with open variables" : ""}`, () =>
      expect(knownName(reference, isOpen)).to.deep.equal(known));
});
