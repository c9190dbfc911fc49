import { type Certainty, type Purpose } from "../scan/imageUse";
import { type MapNode } from "./tree";

/** What stands at a place. */
export const Reads = {
  /** Name of an image. */
  Image: "image",
  /** Name of an image, or `name=image`, which puts an image in the place of that name. */
  Override: "override",
  /** Name of an image behind `docker://` or `docker-image://`; without it, none. */
  Scheme: "scheme",
  /** Names with spaces, commas or lines between them. */
  Images: "images",
  /** Text for a shell. */
  Script: "script",
  /** Arguments of a program, one an entry. */
  Arguments: "arguments",
  /** YAML within a text. */
  Manifest: "manifest",
  /** Dockerfile within a text. */
  Dockerfile: "dockerfile",
  /** No image, whatever it looks like. */
  Nothing: "nothing",
} as const;
export type Reads = (typeof Reads)[keyof typeof Reads];

/** A place of a format that names an image, or surely does not. The first one of a format that means a path counts. */
export interface Place {
  /** A path from the object's root: see `patternOf`. */
  at: string;
  /** @default - `image` */
  reads?: Reads;
  /** @default - `pull` */
  purpose?: Purpose;
  /** @default - `certain` */
  certainty?: Certainty;
  /** With this key beside it, the image is built and named by it. */
  builtBeside?: string;
}

/** A name that stands in parts under several keys of a mapping; the first key that is there counts. */
export interface Group {
  at: string;
  registry?: string[];
  repository: string[];
  tag: string[];
  digest: string[];
  certainty?: Certainty;
}

/** A kind of file, and where it names images. */
export interface Format {
  /** For people. */
  name: string;
  /** Beginning of `apiVersion`. */
  api?: RegExp;
  /** Path of the file. */
  file?: RegExp;
  /** What the root tells where the name does not. */
  root?: (root: MapNode) => boolean;
  places: Place[];
  groups?: Group[];
  /** How variables are found: see `lookups.ts`. */
  variables?: "tekton" | "argo" | "cloudBuild" | "variables" | "parameters" | "github";
}
