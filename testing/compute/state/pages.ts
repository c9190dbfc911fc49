import type { protobuf } from "google-gax";
import { ApiError, invalid } from "../protocol/errors";
import { fieldAt, type Fields } from "../protocol/messages";
import { matcherOf } from "./filter";

/** Google's own bound of maxResults. */
const GREATEST_PAGE = 500;

export interface PageOptions {
  /** No page is longer than this, whatever is asked. @default 500 */
  pageSize?: number;
}

/** One page of a list, and the token of the next. */
export interface Page<T> {
  items: T[];
  nextPageToken?: string;
}

interface Cursor {
  /** What was listed, and how. */
  asked: string;
  /** The keys of the last item given. */
  last: [string, string];
}

const BAD_TOKEN = new ApiError(400, "invalid", "Invalid value for field 'pageToken': The page token is invalid.");

/** Cuts lists into pages. A token remembers the last item given, so what comes and goes meanwhile does no harm. */
export class Pages {
  #tokens = new Map<string, Cursor>();
  #issued = 0;

  constructor(private readonly options: PageOptions) {}

  /** All tokens given so far are refused from now on. */
  expire(): void {
    this.#tokens.clear();
  }

  /**
   * @param what names the list; a token of another list, filter or order is refused.
   * @param type of what is listed, which a filter may name; without it no filter is taken.
   * @param keyOf the key by which entries are ordered, unless the request orders them otherwise.
   */
  cut<T extends Fields>(
    what: string,
    request: Fields,
    type: protobuf.Type | undefined,
    all: T[],
    keyOf: (item: T) => string,
  ) {
    const { filter, orderBy, maxResults, pageToken } = request as Listing;
    const asked = JSON.stringify([what, filter ?? "", orderBy ?? ""]);
    const cursor = pageToken ? this.#tokens.get(pageToken) : undefined;
    if (pageToken && cursor?.asked !== asked) throw BAD_TOKEN;
    const size = sizeOf(maxResults, this.options.pageSize);
    const newestFirst = order(orderBy);
    const keys = (item: T): [string, string] => [newestFirst ? String(item.creationTimestamp) : "", keyOf(item)];
    const matches = filter
      ? matcherOf(filter, (path) => type !== undefined && fieldAt(type, path) !== undefined)
      : () => true;
    const left = all
      .filter((item) => matches(item) && (!cursor || compare(keys(item), cursor.last) > 0))
      .sort((a, b) => compare(keys(a), keys(b)));
    const items = left.slice(0, size);
    if (left.length <= size) return { items } satisfies Page<T>;
    return { items, nextPageToken: this.#issue({ asked, last: keys(items.at(-1)!) }) } satisfies Page<T>;
  }

  #issue(cursor: Cursor): string {
    const token = Buffer.from(`page-${++this.#issued}`).toString("base64url");
    this.#tokens.set(token, cursor);
    return token;
  }
}

interface Listing {
  filter?: string;
  orderBy?: string;
  maxResults?: number;
  pageToken?: string;
}

function sizeOf(asked: number | undefined, cap = GREATEST_PAGE): number {
  if (asked !== undefined && asked > GREATEST_PAGE)
    throw invalid("maxResults", asked, `Acceptable values are 0 to ${GREATEST_PAGE}, inclusive.`);
  return Math.min(asked || GREATEST_PAGE, cap);
}

/** Google orders by name, or by creation, newest first; nothing else. */
function order(orderBy: string | undefined): boolean {
  if (orderBy && orderBy !== "name" && orderBy !== "creationTimestamp desc")
    throw invalid("orderBy", orderBy, "Supported are name and creationTimestamp desc.");
  return orderBy === "creationTimestamp desc";
}

/** Times fall, names rise. */
function compare(a: [string, string], b: [string, string]): number {
  if (a[0] !== b[0]) return a[0] > b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : Number(a[1] > b[1]);
}
