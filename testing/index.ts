export { kilnAssertions } from "./assertions";
export { refusalOf, runProgram } from "./run";
export {
  type DeclaredOptions,
  type DeclaredResource,
  type LoggedMessage,
  type ProgramRun,
  type RunOptions,
  UNKNOWN,
} from "./types";
