// A year of weekly images: npm run demo:lifecycle
import { chartOf } from "./chart";
import { playYear } from "./year";

playYear()
  .then((weeks) => process.stdout.write(chartOf(weeks)))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
