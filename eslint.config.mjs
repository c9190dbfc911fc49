import pulumi from "@pulumi/eslint-plugin";
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

const WHOLE_GCP = {
  name: "@pulumi/gcp",
  message: "Import a submodule: all of @pulumi/gcp doubles the type check's time.",
};

/** Refuses the imports of one room that go against the direction; the last pattern refuses what makes core impure. */
const directions = Object.entries(ROOMS).map(([room, allowed]) => {
  const others = Object.keys(ROOMS).filter((other) => other !== room && !allowed.includes(other));
  const patterns = [
    {
      regex: `^(\\.\\./)+(${others.join("|")})(/|$)`,
      message: `${room} may import ${[room, ...allowed].join(", ")} alone.`,
    },
  ];
  if (room === "core")
    patterns.push({ regex: "^(@pulumi|@google-cloud)/|^(node:|fs$|os$|path$)", message: "core is pure: pass it in." });
  return {
    files: [`${room}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { paths: [WHOLE_GCP], patterns }] },
  };
});

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test/**/fixtures/**"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines-per-function": ["error", { max: 100, skipBlankLines: true, skipComments: true }],
      "no-restricted-imports": ["error", { paths: [WHOLE_GCP] }],
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
  ...directions,
  {
    files: ["test/**/*.ts", ".ci/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unused-expressions": "off",
      "max-lines-per-function": "off",
    },
  },
  {
    files: ["**/*.mjs", "**/*.cjs", "**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
