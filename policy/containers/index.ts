import { type Rule } from "../rule";

/** Rules of the domain `containers`, by id. */
export const rules: readonly Rule[] = [];
