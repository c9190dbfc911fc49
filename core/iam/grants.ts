/** One grant, as data: who may do what where. */
export interface Grant {
  /** Member of the IAM policy, with its prefix. */
  member: string;
  /** Role, as `roles/…`. */
  role: string;
  /** What the role is granted on, as its service names it: `projects/P`, `projects/P/global/images/I`. */
  resource: string;
  /** Expression of the IAM condition, where there is one. */
  condition?: string;
}
