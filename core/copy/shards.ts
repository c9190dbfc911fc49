/** The part of the work that one task of a Cloud Run job does. https://cloud.google.com/run/docs/configuring/task-parallelism */
export interface Shard {
  /** From 0. */
  task: number;
  tasks: number;
}

/** The whole work, by one task. */
export const WHOLE: Shard = { task: 0, tasks: 1 };

/**
 * The images of one task, in the plan's order. Images of one repository stay together, since they share layers,
 * and no layer is to be copied twice; the largest groups are dealt out first, each to the task with the least to do.
 */
export function imagesOfTask<T>(images: readonly T[], repositoryOf: (image: T) => string, { task, tasks }: Shard): T[] {
  const groups = new Map<string, T[]>();
  for (const image of images) {
    const repository = repositoryOf(image);
    const group = groups.get(repository);
    if (group) group.push(image);
    else groups.set(repository, [image]);
  }
  const loads = Array.from({ length: tasks }, () => 0);
  const mine = new Set<T>();
  const bySize = [...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  for (const [, group] of bySize) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] += group.length;
    if (least === task) for (const image of group) mine.add(image);
  }
  return images.filter((image) => mine.has(image));
}
