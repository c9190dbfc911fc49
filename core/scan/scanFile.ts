import { scanDockerfile } from "../dockerfile/scanDockerfile";
import { scanManifest } from "../manifest/scanManifest";
import { scanScript } from "../script/scanScript";
import { Scanner } from "./files";
import { type FileScan } from "./imageUse";

/** What a file names, read by the scanner that its name or content asks for. */
export function scanFile(scanner: Scanner, path: string, text: string): FileScan {
  switch (scanner) {
    case Scanner.Dockerfile:
      return scanDockerfile(text);
    case Scanner.Manifest:
      return scanManifest(path, text);
    case Scanner.Script:
      return scanScript(path, text);
  }
}
