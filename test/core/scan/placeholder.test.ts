import { expect } from "chai";
import { isPlaceholder } from "../../../core/scan/placeholder";

const PLACEHOLDERS = [
  "PROJECT_ID",
  "IMAGE",
  "gcr.io/PROJECT_ID/app",
  "gcr.io/YOUR-PROJECT/app:1",
  "gcr.io/[PROJECT]/app",
  "gcr.io/your-project/app",
  "<image>",
  "a/<name>:1",
  "gcr.io/{project}/x",
  "%IMAGE%",
  "__IMAGE__:1",
  "@IMAGE@",
  "nginx:TAG",
  "nginx:<version>",
  "gcr.io/.../app",
];

const IMAGES = [
  "nginx",
  "nginx:RC1",
  "gcr.io/my-project/app:LATEST",
  "Registry/app",
  "gcr.io/$PROJECT_ID/app",
  "gcr.io/${PROJECT_ID}/app",
  "{{ .Values.image }}/a",
  `x@sha256:${"A".repeat(64)}`,
  "yourls:1",
];

describe("isPlaceholder", () => {
  for (const name of PLACEHOLDERS) it(`sees one in ${name}`, () => expect(isPlaceholder(name)).to.equal(true));
  for (const name of IMAGES) it(`sees none in ${name}`, () => expect(isPlaceholder(name)).to.equal(false));
});
