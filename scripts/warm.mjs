// A part of npm ci: the first type check of the factory parses all declarations of gcp, which npm start need not wait for.
// Whatever is wrong with the factory is for npm start to say.
import { spawnSync } from "node:child_process";

spawnSync(process.execPath, ["dist/cli/kiln.js", "preview"], { stdio: "ignore" });
