import { type Diagnostic, STACK_TYPE } from "../graph";
import { type ResourceName } from "../problem";
import { type Paint } from "./paint";
import { plainName, plainText } from "./plainText";
import { displayType } from "./typeName";

/** Names of resources by URN. */
type ResourceNames = ReadonlyMap<string, ResourceName>;

/** Messages under the resource that they are about, as Pulumi's terminal shows them. */
export function diagnosticLines(diagnostics: Diagnostic[], names: ResourceNames, paint: Paint): string[] {
  const stack = [...names.values()].find(({ type }) => type === STACK_TYPE);
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const heading = headingOf(diagnostic, names, stack);
    const group = groups.get(heading);
    if (group) group.push(diagnostic);
    else groups.set(heading, [diagnostic]);
  }
  return [...groups].flatMap(([heading, group]) => {
    const lines = group.flatMap((diagnostic) => messageLines(diagnostic, paint));
    return heading === "" ? lines : [`${heading}:`, ...lines.map((line) => `  ${line}`)];
  });
}

/** Messages of no resource belong to the stack; without a stack they stand alone. */
function headingOf({ urn }: Diagnostic, names: ResourceNames, stack?: ResourceName): string {
  const resource = (urn !== undefined && names.get(urn)) || stack;
  return resource ? `${displayType(resource.type)} (${plainName(resource.name)})` : "";
}

function messageLines({ severity, message }: Diagnostic, paint: Paint): string[] {
  const prefix = { error: paint.red("error: "), warning: paint.yellow("warning: "), info: "", "info#err": "" }[
    severity
  ];
  return `${prefix}${plainText(message)}`.split("\n");
}
