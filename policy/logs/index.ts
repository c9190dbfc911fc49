import { type Rule } from "../rule";

/** Rules of the domain `logs`, by id. */
export const rules: readonly Rule[] = [];
