import { type ArgDefault, type ArgUse } from "../dockerfile/argUses";
import { type ImageUse, type Span } from "../scan/imageUse";

/** What a Dockerfile's ARGs reach, and the uses of images that will come out right. */
export interface Arguments {
  all: readonly ArgDefault[];
  uses: readonly ImageUse[];
}

/** Why a default must not be changed there; nothing where every place that it reaches is the name of an image. */
export function argumentProblem({ all, uses }: Arguments, changed: Span, depth = 0): string | undefined {
  const argument = all.find(({ value }) => within(changed, value));
  if (!argument) return depth > 0 ? undefined : "its ARG is not found";
  if (depth > MOST_DEPTH) return `ARG ${argument.name} leads through too many others`;
  for (const use of argument.uses) {
    const problem = useProblem({ all, uses }, argument, use, depth);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** No Dockerfile has more ARGs one in another. */
const MOST_DEPTH = 10;

function useProblem(args: Arguments, { name }: ArgDefault, { kind, span }: ArgUse, depth: number): string | undefined {
  if (kind === "ARG") return argumentProblem(args, span, depth + 1);
  if (kind === "FROM" && args.uses.some((image) => within(span, image.span) || touches(image.span, span)))
    return undefined;
  const what = kind === "inherited" ? "a stage" : kind;
  return `ARG ${name} is used by ${what} too, which would get the new name: change it by hand`;
}

function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
