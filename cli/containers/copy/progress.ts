import { type Watch } from "../../../agent/copy/watch";
import { bytesLeft, bytesText, durationText, type Progress, timeLeft } from "../../../core/copy/progress";
import { adviceFor } from "../../../core/copy/failures";
import { DOCKER_HUB } from "../../../core/reference/reference";
import { safe } from "../../images/print";

/** Where progress is shown. */
export interface Screen {
  isTerminal: boolean;
  write(text: string): void;
  now(): number;
}

/** A line of a log comes at most so often. */
const LINE_EVERY = 10_000;
/** A terminal's line changes at most so often. */
const REDRAW_EVERY = 100;

/** Shows a copy: one line that changes in a terminal, a line every few seconds elsewhere; what fails, at once. */
export function progressOn(screen: Screen): Watch & { end(): void } {
  const progress: Progress = { images: 0, done: 0, failed: 0, copiedBytes: 0, copied: 0, knownBytes: 0, known: 0 };
  const sizes = new Map<string, number>();
  let shown = screen.now();
  let began: number | undefined;
  let waits = "";
  const clear = () => (screen.isTerminal ? "\r\u001b[K" : "");
  const say = (line: string) => {
    screen.write(`${clear()}${line}\n`);
    draw(true);
  };
  const draw = (isNow = false) => {
    if (!screen.isTerminal && isNow) return;
    if (!isNow && screen.now() - shown < (screen.isTerminal ? REDRAW_EVERY : LINE_EVERY)) return;
    shown = screen.now();
    const line = lineOf(progress, shown - (began ?? shown), waits);
    screen.write(screen.isTerminal ? `${clear()}${line}` : `${line}\n`);
  };
  const forget = (source: string) => {
    const bytes = sizes.get(source);
    if (bytes === undefined) return;
    sizes.delete(source);
    progress.known--;
    progress.knownBytes -= bytes;
  };
  return {
    begin: (images) => void (progress.images = images),
    sized(source, bytes) {
      forget(source);
      sizes.set(source, bytes);
      progress.known++;
      progress.knownBytes += bytes;
    },
    started() {
      began ??= screen.now();
      waits = "";
      draw();
    },
    retry: (source, message, wait) => say(`retry: ${safe(source)} in ${durationText(wait)}: ${safe(message)}`),
    waiting(until, budgetOf) {
      const what =
        budgetOf === undefined ? "" : ` for the budget of ${budgetOf === DOCKER_HUB ? "Docker Hub" : safe(budgetOf)}`;
      const text = `waiting${what} until ${new Date(until).toISOString().slice(0, 19)}Z, ${durationText(until - screen.now())}`;
      const isNew = text.slice(0, 60) !== waits.slice(0, 60);
      waits = text;
      if (screen.isTerminal) draw(true);
      else if (isNew && budgetOf !== undefined) screen.write(`${text}\n`);
    },
    done(source, how, bytes) {
      forget(source);
      progress.done++;
      if (how === "copied") {
        progress.copied++;
        progress.copiedBytes += bytes;
      }
      draw();
    },
    failed(source, kind, message) {
      forget(source);
      progress.failed++;
      const advice = adviceFor(kind);
      say(`failed: ${safe(source)}: ${safe(message)}${advice === undefined ? "" : `\n  ${advice}`}`);
    },
    end: () => screen.write(clear()),
  };
}

function lineOf(progress: Progress, elapsed: number, waits: string): string {
  const { images, done, failed, copiedBytes } = progress;
  const left = timeLeft(progress, elapsed);
  return [
    `${done} of ${images} images`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    `${bytesText(copiedBytes)} copied`,
    ...(done + failed < images ? [`about ${bytesText(bytesLeft(progress))} left`] : []),
    ...(waits !== "" ? [waits] : left === undefined ? [] : [`${durationText(left)} left`]),
  ].join(", ");
}
