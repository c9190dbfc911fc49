import { type Rule } from "../rule";

/** Rules of the domain `factory`, by id. */
export const rules: readonly Rule[] = [];
