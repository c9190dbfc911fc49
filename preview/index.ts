/** Runs any Pulumi Node program offline, collects its graph and renders reports. */
export * from "./graph";
export { type GraphValue, SECRET, UNKNOWN } from "./graphValue";
export { PreviewError } from "./problem";
export { DEFAULT_TIMEOUT_MS, type OfflineOptions, previewOffline } from "./offline";
export { type Answers } from "./answers";
export { readAnswers } from "./answersFile";
export { previewWithPulumi } from "./engine/pulumiCli";
export { readPulumiJson } from "./engine/pulumiJson";
export {
  errorReport,
  type Format,
  RENDERERS,
  type Renderer,
  type Report,
  reportOf,
  type ReportOptions,
} from "./report";
export type * from "./policies/results";
