import { failureOf } from "./failure";
import { type Retry } from "./retry";

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Token of the next one, where there is one. */
  next?: string;
}

/** A token may expire while a long list is read; a list whose tokens always do is given up. */
const MOST_STARTS = 3;

/** All pages of a list, each call tried again on its own; begins anew where the service refuses a token that it gave. */
export async function everyPage<T>(
  readPage: (token: string | undefined) => Promise<Page<T>>,
  retry: Retry,
): Promise<T[]> {
  for (let start = 1; ; start++) {
    const found = await allPages(readPage, retry, start < MOST_STARTS);
    if (found) return found;
  }
}

async function allPages<T>(
  readPage: (token: string | undefined) => Promise<Page<T>>,
  retry: Retry,
  mayStartAgain: boolean,
): Promise<T[] | undefined> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    try {
      const page = await retry(() => readPage(token));
      for (const item of page.items) all.push(item);
      token = page.next || undefined;
    } catch (error) {
      const { status } = failureOf(error);
      const isExpired = token !== undefined && (status === 400 || status === 410);
      if (isExpired && mayStartAgain) return undefined;
      throw error;
    }
  } while (token !== undefined);
  return all;
}
