import { invalid, labelsChanged, notReady } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import { fingerprintOf, type Resource, type Store } from "../state/store";
import { newestOf } from "./families";
import { imageInsert } from "./imageInsert";
import { type Methods, on, type Request, type Start } from "./method";

/** https://docs.cloud.google.com/compute/docs/reference/rest/v1/images/patch: nothing else can change. */
const PATCHABLE = ["family", "description", "deprecated"];

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Google records these states and dates and never acts on them: nothing here looks at the clock. */
export const images: Methods = {
  "images.insert": imageInsert,
  "images.getFromFamily": {
    needs: on("compute.images.getFromFamily"),
    serve: ({ project, family }, { store }) => newestOf(store, project, String(family)),
  },
  "images.deprecate": {
    needs: on("compute.images.deprecate"),
    serve: (request, { store }, start) => {
      const status = request.deprecationStatusResource as Fields;
      for (const name of ["deprecated", "obsolete", "deleted"]) checkTime(name, status[name]);
      return change(request, store, start, "compute.images.deprecate", (image) => {
        if (Object.keys(status).length > 0) image.deprecated = status;
        else delete image.deprecated;
      });
    },
  },
  "images.patch": {
    needs: on("compute.images.update"),
    serve: (request, { store }, start) => {
      const fields = request.imageResource as Fields;
      const other = Object.keys(fields).find((name) => !PATCHABLE.includes(name));
      if (other) throw invalid(`resource.${other}`, fields[other], `Only ${PATCHABLE.join(", ")} can be patched.`);
      return change(request, store, start, "patch", (image) => {
        Object.assign(image, fields);
        for (const name of PATCHABLE) if (image[name] === "") delete image[name];
      });
    },
  },
  "images.setLabels": {
    needs: on("compute.images.setLabels"),
    serve: (request, { store }, start) => {
      const { labels, labelFingerprint } = request.globalSetLabelsRequestResource as Fields;
      if (labelFingerprint !== store.get(pathOfImage(request)).labelFingerprint) throw labelsChanged();
      return change(request, store, start, "setLabels", (image) =>
        Object.assign(image, { labels: labels ?? {}, labelFingerprint: fingerprintOf(labels) }),
      );
    },
  },
  "images.delete": {
    needs: on("compute.images.delete"),
    serve: (request, { store }, start) => {
      const path = pathOfImage(request);
      const image = store.get(path);
      if (image.status === "PENDING" || image.status === "DELETING") throw notReady(path);
      const before = image.status;
      image.status = "DELETING";
      return start({
        scope: `projects/${request.project}/global`,
        type: "delete",
        target: path,
        targetId: image.id,
        apply: () => store.remove(path),
        fail: () => (image.status = before),
      });
    },
  },
};

const pathOfImage = ({ project, image, resource }: Request) =>
  `projects/${project}/global/images/${String(image ?? resource)}`;

function change(request: Request, store: Store, start: Start, type: string, apply: (image: Resource) => void): Fields {
  const path = pathOfImage(request);
  const image = store.get(path);
  if (image.status !== "READY") throw notReady(path);
  const effect = () => apply(image);
  return start({ scope: `projects/${request.project}/global`, type, target: path, targetId: image.id, apply: effect });
}

function checkTime(name: string, value: unknown): void {
  if (value !== undefined && !RFC3339.test(value as string))
    throw invalid(`deprecationStatus.${name}`, value, "It must be a time as RFC 3339 writes it.");
}
