import { DOCKER_HUB, GRAMMAR } from "../reference/reference";
import { sqlPattern, sqlText } from "./sqlText";

/** The name in an event's message, whatever stands before it; Kubernetes 1.14 and before wrote it in lower case. */
export const NAME_IN_MESSAGE = `(?i)pulling image "([^"]*)"`;

/**
 * Steps that take the column `name` apart as `readReference` does, each a query over the one before. The last one has
 * `host`, `path`, `tag` and `digest`, and in `is_name` whether they are the parts of a right name.
 *
 * @param from what has the column `name`.
 */
export function nameSteps(from: string): [name: string, sql: string][] {
  return [
    [
      "split_names",
      [
        "SELECT *,",
        `  REGEXP_EXTRACT(name, ${sqlPattern("^[^@]*")}) AS before_digest,`,
        `  REGEXP_EXTRACT(name, ${sqlPattern("(?s)@(.*)$")}) AS digest,`,
        `  IFNULL(REGEXP_EXTRACT(name, ${sqlPattern("^([^/@]*)/")}), '') AS first_part`,
        `FROM ${from}`,
      ].join("\n"),
    ],
    [
      "named_hosts",
      [
        "SELECT *,",
        `  first_part = 'localhost' OR REGEXP_CONTAINS(first_part, ${sqlPattern("[.:]")})`,
        "    OR first_part != LOWER(first_part) AS has_host",
        "FROM split_names",
      ].join("\n"),
    ],
    [
      "hosts",
      [
        "SELECT *,",
        `  IF(has_host AND first_part != ${sqlText(GRAMMAR.legacyDockerHub)}, first_part, ${sqlText(DOCKER_HUB)}) AS host,`,
        "  IF(has_host, SUBSTR(before_digest, LENGTH(first_part) + 2), before_digest) AS after_host",
        "FROM named_hosts",
      ].join("\n"),
    ],
    [
      "paths",
      [
        "SELECT *,",
        `  CONCAT(IF(host = ${sqlText(DOCKER_HUB)} AND STRPOS(after_host, '/') = 0, ${sqlText(GRAMMAR.official)}, ''),`,
        `    REGEXP_EXTRACT(after_host, ${sqlPattern("^[^:]*")})) AS path,`,
        `  REGEXP_EXTRACT(after_host, ${sqlPattern("(?s):(.*)$")}) AS tag`,
        "FROM hosts",
      ].join("\n"),
    ],
    ["names", ["SELECT *,", `  ${IS_NAME.join("\n    AND ")} AS is_name`, "FROM paths"].join("\n")],
  ];
}

/** What `readReference` asks of each part. */
const IS_NAME = [
  `LENGTH(name) <= ${GRAMMAR.mostCharacters}`,
  `NOT REGEXP_CONTAINS(name, ${sqlPattern(GRAMMAR.id)})`,
  `REGEXP_CONTAINS(host, ${sqlPattern(GRAMMAR.domain)})`,
  `REGEXP_CONTAINS(path, ${sqlPattern(GRAMMAR.path)})`,
  `LENGTH(path) <= ${GRAMMAR.mostPath}`,
  `IFNULL(REGEXP_CONTAINS(tag, ${sqlPattern(GRAMMAR.tag)}), TRUE)`,
  `IFNULL(REGEXP_CONTAINS(digest, ${sqlPattern(digestPattern())}), TRUE)`,
];

function digestPattern(): string {
  const forms = Object.entries(GRAMMAR.digestDigits).map(([name, digits]) => `${name}:[a-f0-9]{${digits}}`);
  return `^(?:${forms.join("|")})$`;
}
