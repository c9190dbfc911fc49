/** The end of what a process wrote. */
export class Tail {
  readonly #limit: number;
  #kept = Buffer.alloc(0);
  #dropped = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: Buffer): void {
    const all = Buffer.concat([this.#kept, chunk]);
    this.#kept = all.length > this.#limit ? Buffer.from(all.subarray(all.length - this.#limit)) : all;
    this.#dropped += all.length - this.#kept.length;
  }

  /** What is kept, after a line that counts what is not. */
  get text(): string {
    const text = this.#kept.toString("utf8");
    return this.#dropped > 0 ? `(${this.#dropped} bytes before this are left out)\n${text}` : text;
  }
}
