/** How sure it is that a place names an image. */
export const Certainty = {
  /** The format of the file says so. */
  Certain: "certain",
  /** Read without its structure, as templates and scripts are, and it looks like one. */
  Likely: "likely",
  /** A program that Kiln does not read holds text that looks like one: look there. */
  Look: "look",
} as const;
export type Certainty = (typeof Certainty)[keyof typeof Certainty];

/** What a place does with the image. */
export const Purpose = {
  /** Gets it from a registry. */
  Pull: "pull",
  /** Makes it: names of images that the repository itself builds are not third-party. */
  Build: "build",
  /** Puts it into a registry. */
  Push: "push",
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** A part of a reference, with where it stands. */
export interface Piece {
  /** What it adds to the reference. */
  text: string;
  /** Where exactly this text stands in the file; nothing where it is implied, or written in another way (escapes). */
  span?: Span;
  /** What holds it, where that is not the place of use: `ARG VERSION`, `params.image`, `newTag`. */
  holder?: string;
  /** Which part of the reference the file's format says that it is, as in Helm's values; nothing for text that runs through. */
  role?: "registry" | "repository" | "tag" | "digest";
}

/** A part of a file's text, in UTF-16 units from 0 with a byte order mark counted; `end` is after the last one. */
export interface Span {
  start: number;
  end: number;
}

/** One place that names an image. */
export interface ImageUse {
  /** The name as the file gives it, with the defaults of variables filled in; what is left open stands as it is written. */
  reference: string;
  /** Names of the variables that the file leaves open. Where there are some, `reference` is no whole name. */
  open: string[];
  purpose: Purpose;
  certainty: Certainty;
  /** What the place is, for people: `FROM`, `COPY --from`, `Deployment spec.template.spec.containers[].image`, `docker run`. */
  kind: string;
  /** The place of use. */
  span: Span;
  /** Parts that joined are `reference`. A rewrite changes these and nothing else. */
  pieces: Piece[];
}

/** Something in a file that could not be read, or not for sure. */
export interface ScanProblem {
  /** Nothing where it is the whole file. */
  span?: Span;
  /** Says what and why. */
  message: string;
}

/** What one file names. Uses stand in the order of their places, and no place twice. */
export interface FileScan {
  uses: ImageUse[];
  problems: ScanProblem[];
}
