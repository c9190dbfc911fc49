import { failureOf } from "../failure";

/** A call's answer, or what is in the way of it as a sentence. */
export type Read = { answer: Record<string, unknown>; gap?: undefined } | { answer?: undefined; gap: string };

/** What is read, and what the caller needs for it. */
export interface Reading {
  /** For people, such as `the policy of project acme-containers`. */
  what: string;
  /** Permission that it takes. */
  permission: string;
}

/** Makes a call, which may be refused. */
export async function reading(
  { what, permission }: Reading,
  call: () => Promise<Record<string, unknown>>,
): Promise<Read> {
  try {
    return { answer: await call() };
  } catch (error) {
    const { status, message } = failureOf(error);
    if (status === 404) return { gap: `${what} cannot be read, since that is not there (${message})` };
    const needed = status === 403 ? `: whoever runs this needs ${permission}` : "";
    return { gap: `${what} cannot be read (${message})${needed}` };
  }
}

/** A function that answers each question once. */
export function once<T>(ask: (question: string) => Promise<T>): (question: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (question) => {
    const known = answers.get(question) ?? ask(question);
    answers.set(question, known);
    return known;
  };
}
