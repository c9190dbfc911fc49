import pulumi from "@pulumi/eslint-plugin";
import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** What each room may import besides itself (docs/design.md). */
const ROOMS = {
  core: [],
  components: ["core"],
  agent: ["core"],
  policy: ["core"],
  preview: ["core", "policy"],
  testing: ["core", "preview"],
  cli: ["core", "agent", "preview", "policy"],
  factory: ["components"],
  examples: [],
};

const directions = Object.entries(ROOMS).map(([room, allowed]) => ({
  target: `./${room}`,
  from: Object.keys(ROOMS)
    .filter((other) => other !== room && !allowed.includes(other))
    .map((other) => `./${other}`),
  message: `${room} may import ${[room, ...allowed].join(", ")} alone.`,
}));

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test/**/fixtures/**"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: directions }],
      "max-lines-per-function": ["error", { max: 100, skipBlankLines: true, skipComments: true }],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "@pulumi/gcp", message: "Import a submodule: all of @pulumi/gcp doubles the type check's time." },
          ],
        },
      ],
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["components/**/*.ts", "factory/**/*.ts", "examples/**/*.ts"],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
    },
  },
  {
    files: ["core/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["@pulumi/*", "@google-cloud/*", "node:*", "fs", "path", "os"],
              message: "core is pure: pass it in.",
            },
          ],
        },
      ],
      "no-restricted-globals": ["error", "process", "fetch", "setTimeout", "performance"],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "core has no clock: pass the time in." },
        { object: "Math", property: "random", message: "core has no randomness: pass it in." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "core has no clock: pass the time in.",
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "max-lines-per-function": "off",
    },
  },
  { files: ["**/*.mjs", "**/*.cjs", "**/*.js"], extends: [tseslint.configs.disableTypeChecked], rules: { "@typescript-eslint/no-require-imports": "off" } },
);
