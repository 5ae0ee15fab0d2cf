/* SPDX-License-Identifier: EUPL-1.2 */
import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const noReact = {
  patterns: [
    { group: ["react", "react-dom", "react-dom/*"], message: "State and rules live without React; components draw." },
    { group: ["**/components/**", "**/views/**"], message: "A view model knows no component." },
  ],
};

export default tseslint.config(
  { ignores: ["node_modules"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-lines": ["error", 600],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_" }],
      eqeqeq: "error",
      "no-console": "error", // nothing private reaches a log by accident
    },
  },
  {
    files: ["**/*.tsx"],
    plugins: { "react-hooks": reactHooks },
    extends: [jsxA11y.flatConfigs.strict],
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      // what scrolls has to be reachable by keyboard
      "jsx-a11y/no-noninteractive-tabindex": ["error", { tags: ["ul"], roles: ["tabpanel", "log"] }],
    },
  },
  {
    files: ["state/**/*.ts", "protocol/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: { "no-restricted-imports": ["error", noReact] },
  },
  {
    files: ["protocol/**/*.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["**/state/**", "**/components/**", "react", "livekit-client"] }],
    },
  },
  {
    files: ["dev/**/*.mjs", "*.js"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        setTimeout: "readonly",
        document: "readonly",
        window: "readonly",
      },
    },
  },
);
