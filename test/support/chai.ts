import { expect, use } from "chai";
import { kilnAssertions } from "../../testing";

use(kilnAssertions);

export { expect };
