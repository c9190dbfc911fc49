import { type Rule } from "../rule";

/** Rules of the domain `images`, by id. */
export const rules: readonly Rule[] = [];
