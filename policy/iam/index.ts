import { type Rule } from "../rule";

/** Rules of the domain `iam`, by id. */
export const rules: readonly Rule[] = [];
