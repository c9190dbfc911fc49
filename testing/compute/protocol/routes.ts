import type { protobuf } from "google-gax";
import { camelCase, pascalCase } from "./messages";

/** One method as its descriptor says that HTTP carries it. */
export interface Route {
  /** Service and method, such as `images.deprecate`. */
  readonly name: string;
  readonly http: string;
  readonly path: RegExp;
  readonly variables: string[];
  /** The field of the request that the body is. */
  readonly body?: string;
  readonly request: protobuf.Type;
  readonly response: protobuf.Type;
}

/** The routes of the named methods, from the `google.api.http` annotations. */
export function routesOf(root: protobuf.Root, packageName: string, names: string[]): Route[] {
  return names.map((name) => {
    const [service, method] = name.split(".").map(pascalCase);
    const descriptor = root.lookupService(`${packageName}.${service}`).methods[method];
    descriptor.resolve();
    const options = descriptor.parsedOptions as unknown as Partial<HttpOption>[];
    const rule = options.find((option) => "(google.api.http)" in option) as HttpOption;
    const { body, ...verbs } = rule["(google.api.http)"];
    const [http, template] = Object.entries(verbs)[0];
    return {
      name,
      http: http.toUpperCase(),
      ...compile(template),
      body: body && camelCase(body),
      request: descriptor.resolvedRequestType!,
      response: descriptor.resolvedResponseType!,
    };
  });
}

interface HttpOption {
  "(google.api.http)": Record<string, string> & { body?: string };
}

function compile(template: string): Pick<Route, "path" | "variables"> {
  const variables: string[] = [];
  const pattern = template.replace(/\{([^}=]+)(?:=([^}]*))?\}/g, (_, variable: string, shape = "*") => {
    variables.push(camelCase(variable));
    return `(${(shape as string).replaceAll("*", "[^/:]+")})`;
  });
  return { path: new RegExp(`^${pattern}$`), variables };
}
