/** Billable things of one kind. */
export interface Billable {
  /** Such as "Cloud KMS key versions". */
  kind: string;
  count: number;
  /** What the bill depends on, such as "bytes stored and pulled across regions". */
  drivers: string;
  /** Page with Google's prices. */
  link: string;
}
