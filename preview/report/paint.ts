/** Colours text, or leaves it as it is. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  magenta(text: string): string;
}

/** ANSI colours. */
export const COLOURS: Paint = {
  bold: (text) => `\u001b[1m${text}\u001b[22m`,
  dim: (text) => `\u001b[2m${text}\u001b[22m`,
  red: (text) => `\u001b[31m${text}\u001b[39m`,
  green: (text) => `\u001b[32m${text}\u001b[39m`,
  yellow: (text) => `\u001b[33m${text}\u001b[39m`,
  magenta: (text) => `\u001b[35m${text}\u001b[39m`,
};

const same = (text: string) => text;

/** Plain text, for files and pipes. */
export const NO_COLOURS: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, magenta: same };
