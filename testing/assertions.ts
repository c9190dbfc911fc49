/// <reference types="chai" />
import type { DeclaredResource, ProgramRun } from "./types";

/**
 * Assertions about programs and resources, for `chai.use(kilnAssertions)`.
 *
 * @example
 * chai.use(kilnAssertions);
 * const run = await runProgram(() => new ImageFamily("web", { project: "acme-images", bucket: "acme-images-kiln" }));
 * expect(run).to.declare("gcp:storage/bucketObject:BucketObject", "web-policy").with.inputs({ bucket: "acme-images-kiln" });
 * expect(run).to.declare("gcp:storage/bucketObject:BucketObject").that.is.not.protected;
 * expect(run).to.not.declare("gcp:projects/iAMBinding:IAMBinding");
 * expect(run).to.not.grant("roles/compute.imageUser", "allUsers");
 */
export const kilnAssertions: Chai.ChaiPlugin = (chai) => {
  const { Assertion } = chai;

  Assertion.addMethod("declare", function (type: string, name?: string) {
    const { resources } = this._obj as ProgramRun;
    const found = resources.filter((resource) => resource.type === type && (name ?? resource.name) === resource.name);
    const wanted = name === undefined ? type : `${type} "${name}"`;
    this.assert(
      found.length > 0,
      `expected the program to declare ${wanted}; it declared\n${listed(resources)}`,
      `expected the program not to declare ${wanted}`,
      wanted,
    );
    this._obj = found[0] as unknown;
  });

  Assertion.addMethod("inputs", function (expected: Record<string, unknown>) {
    const { inputs, type, name } = this._obj as DeclaredResource;
    const picked = Object.fromEntries(Object.keys(expected).map((key) => [key, inputs[key]]));
    new Assertion(picked, `inputs of ${type} "${name}"`).to.deep.equal(expected);
  });

  Assertion.addMethod("grant", function (role: string, member: string) {
    const { resources } = this._obj as ProgramRun;
    const grants = resources.filter(({ inputs }) => inputs.role !== undefined);
    this.assert(
      grants.some(({ inputs }) => inputs.role === role && membersOf(inputs).includes(member)),
      `expected the program to grant ${role} to ${member}; it grants\n${grants.map(({ inputs }) => `  ${String(inputs.role)} to ${membersOf(inputs).join(", ")}`).join("\n")}`,
      `expected the program not to grant ${role} to ${member}`,
      role,
    );
  });

  Assertion.addMethod("haveSecretInput", function (input: string) {
    const { secretInputs, type, name } = this._obj as DeclaredResource;
    const subject = `${type} "${name}"`;
    this.assert(
      secretInputs.includes(input),
      `expected ${subject} to have the secret input ${input}; its secret inputs are: ${secretInputs.join(", ") || "none"}`,
      `expected ${subject} not to have the secret input ${input}`,
      input,
    );
  });

  Assertion.addProperty("protected", function () {
    const { options, type, name } = this._obj as DeclaredResource;
    const subject = `${type} "${name}"`;
    this.assert(
      options.protect,
      `expected ${subject} to be protected`,
      `expected ${subject} not to be protected`,
      true,
    );
  });
};

function membersOf(inputs: Record<string, unknown>): string[] {
  return Array.isArray(inputs.members) ? (inputs.members as string[]) : [String(inputs.members ?? inputs.member)];
}

function listed(resources: DeclaredResource[]): string {
  return resources.map(({ type, name }) => `  ${type} "${name}"`).join("\n") || "  nothing";
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the way in which @types/chai takes assertions of others
  namespace Chai {
    interface Assertion {
      /** The program declares a resource of this type, of this logical name where one is given; the resource is the subject of what follows. */
      declare(type: string, name?: string): Assertion;
      /** The resource has these inputs; others are not looked at. */
      inputs(expected: Record<string, unknown>): Assertion;
      /** The program grants the role to the member, wherever. */
      grant(role: string, member: string): Assertion;
      /** The input holds a secret. */
      haveSecretInput(input: string): Assertion;
      /** The resource is protected from deletion. */
      protected: Assertion;
    }
  }
}
