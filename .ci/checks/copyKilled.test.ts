import { expect } from "chai";
import {
  copy,
  type CopySurroundings,
  DESTINATION_HOST,
  type Planned,
  startCopy,
  useRegistries,
  writePlan,
} from "../../test/support/copies";
import { type Asked, type FaultyProxy } from "../../test/support/faultyProxy";
import {
  describeWithRegistries,
  digestAt,
  type Pushed,
  pushImage,
  pushIndex,
  type Registry,
} from "../../test/support/registries";
import { resultOf } from "../../test/cli/command";

const KILLS = 50;

/** A kill comes with one of so many requests. */
const MOST_REQUESTS = 90;

describeWithRegistries("kiln containers copy, stopped and killed", function () {
  this.timeout(180_000);
  let [source, destination]: Registry[] = [];
  let [front, back]: FaultyProxy[] = [];
  let surroundings: CopySurroundings;
  const pushed = new Map<string, Pushed>();

  useRegistries((made) => ({ source, destination, front, back, surroundings } = made));

  before(() => pushAll());

  /** Images with layers in common, some of them in one repository, and indexes. */
  async function pushAll(): Promise<void> {
    const base = ["base layer ".repeat(3_000), "second layer ".repeat(500)];
    for (let number = 0; number < 8; number++) {
      const [repository, tag] = [`team/app${number % 4}`, String(number)];
      pushed.set(
        `${repository}:${tag}`,
        await pushImage(source.host, repository, tag, { seed: `app ${number}`, layers: base }),
      );
    }
    for (const name of ["index", "other"]) {
      const images = [];
      for (const platform of ["linux/amd64", "linux/arm64", "linux/arm/v7"]) {
        const image = await pushImage(source.host, `team/${name}`, undefined, {
          seed: `${name} ${platform}`,
          layers: base,
        });
        images.push({ ...image, platform });
      }
      pushed.set(`team/${name}:1`, await pushIndex(source.host, `team/${name}`, "1", images));
    }
  }

  /** The same images, into repositories that no other round has. */
  const planOfRound = (round: number): Planned[] =>
    [...pushed.keys()].map((name) => ({
      source: `ghcr.io/${name}`,
      destination: `${DESTINATION_HOST}/acme-images/mirror/round${round}/${name}`,
    }));

  async function expectAllOnce(round: number): Promise<void> {
    for (const [name, { digest }] of pushed) {
      const [path, tag] = name.split(":");
      expect(await digestAt(destination.host, `acme-images/mirror/round${round}/${path}`, tag), name).to.equal(digest);
    }
    expect(twice(back.asked, `round${round}/`)).to.deep.equal([]);
  }

  it(`copies all, and nothing twice, though it is killed ${KILLS} times`, async () => {
    let kills = 0;
    for (let round = 0; kills < KILLS; round++) {
      const plan = writePlan(planOfRound(round));
      while (kills < KILLS && (await isKilled(plan, 1 + ((kills * 37) % MOST_REQUESTS)))) kills++;
      const { code, stderr } = await copy([plan], surroundings);
      expect(code, stderr).to.equal(0);
      await expectAllOnce(round);
    }
  });

  /** Kills a run at its n-th request; whether it came so far. */
  async function isKilled(plan: string, nth: number): Promise<boolean> {
    const child = startCopy([plan], surroundings);
    let count = 0;
    for (const proxy of [front, back])
      proxy.fault = () => {
        if (++count === nth) child.kill("SIGKILL");
        return undefined;
      };
    const { code } = await resultOf(child);
    for (const proxy of [front, back]) proxy.fault = () => undefined;
    await quiet(back);
    return code === null;
  }

  it("stops at Ctrl-C, says what is left, and goes on when it is run again", async () => {
    const plan = writePlan(planOfRound(100));
    const child = startCopy([plan, "--jobs", "1"], surroundings);
    let count = 0;
    back.fault = ({ method, path }) => {
      if (method === "PUT" && path.includes("/manifests/") && ++count === 3) child.kill("SIGINT");
      return { delay: 30 };
    };
    const { code, stdout, stderr } = await resultOf(child);
    expect(code, stderr).to.equal(130);
    expect(stderr).to.include("stopping; the same command goes on later");
    const [, copied, left] = /^(\d+) images? copied \([^)]*\), (\d+) left in /.exec(stdout) ?? [];
    expect(Number(left), stdout).to.be.greaterThan(0);
    expect(Number(copied) + Number(left), stdout).to.equal(pushed.size);
    back.fault = () => undefined;
    await quiet(back);
    expect((await copy([plan], surroundings)).code).to.equal(0);
    await expectAllOnce(100);
  });

  it("refuses a second run at the same time", async () => {
    const plan = writePlan(planOfRound(101));
    back.fault = () => ({ delay: 50 });
    const first = resultOf(startCopy([plan], surroundings));
    await new Promise<void>((begun) => {
      const look = setInterval(() => {
        if (!back.asked.some(({ path }) => path.includes("round101/"))) return;
        clearInterval(look);
        begun();
      }, 10);
    });
    const second = await copy([plan], surroundings);
    expect(second.stderr).to.match(/^error: another copy is at work with this ledger: process \d+ /);
    expect(second.code).to.equal(1);
    expect((await first).code).to.equal(0);
    back.fault = () => undefined;
    await expectAllOnce(101);
  });
});

/** Waits until no request is under way: what a killed run had begun has ended. */
async function quiet({ asked }: FaultyProxy): Promise<void> {
  while (asked.some(({ status }) => status === undefined)) await new Promise((next) => setTimeout(next, 5));
}

/** Layers and manifests that a registry took twice, of some repositories. */
function twice(asked: readonly Asked[], part: string): string[] {
  const taken = asked
    .filter(({ method, status, path }) => method === "PUT" && status === 201 && path.includes(part))
    .map(({ path }) => path.replace(/uploads\/[^?]*/, ""));
  return taken.filter((path, index) => taken.indexOf(path) !== index);
}
