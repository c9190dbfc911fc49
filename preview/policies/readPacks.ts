import { type Diagnostic } from "../graph";
import { PreviewError } from "../problem";
import { type PackConfig, readPackConfig } from "./configFile";
import { type PackFile, readPackFile } from "./packFile";

/** A policy pack as a user names it. */
export interface PackPaths {
  /** Folder that holds PulumiPolicy.yaml. */
  directory: string;
  /**
   * File with settings of its policies.
   * @default - the pack's own settings
   */
  config?: string;
}

/** A policy pack that was found, with its settings. */
export interface FoundPack {
  file: PackFile;
  config?: PackConfig;
}

/** Reads what describes the packs, or says everything that is wrong with all of them. */
export function readPacks(paths: readonly PackPaths[]): FoundPack[] {
  const problems: Diagnostic[] = [];
  const found = paths.map(({ directory, config }) => ({
    file: gather(() => readPackFile(directory), problems),
    config: config === undefined ? undefined : gather(() => readPackConfig(config), problems),
  }));
  if (problems.length > 0) throw new PreviewError(problems);
  return found as FoundPack[];
}

function gather<T>(read: () => T, problems: Diagnostic[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PreviewError)) throw error;
    problems.push(...error.diagnostics);
    return undefined;
  }
}
