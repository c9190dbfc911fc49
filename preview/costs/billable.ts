/** Billable things of one kind. */
export interface Billable {
  /** Such as "Cloud KMS keys". */
  kind: string;
  count: number;
  /** How many there are in the base; left out where no base was named. */
  before?: number;
  /** What the bill depends on, such as "GB stored, GB sent to other regions". */
  drivers: string;
  /** What the program says of that, such as "machine types: e2-medium 2, n2-standard-4 1". */
  details?: string;
  /** Page with Google's prices. */
  link: string;
}
