/* SPDX-License-Identifier: EUPL-1.2 */
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import axe from "axe-core";
import { describe, expect, test } from "vitest";
import { PreferencesProvider } from "../app/context";
import type { Language } from "../state/Preferences";
import { Preferences } from "../state/Preferences";
import type { ExampleFile } from "./examples";

const files = import.meta.glob<ExampleFile>("./*/*.examples.tsx", { eager: true });

/** Colours are checked in a real browser (dev/screenshots.mjs): jsdom has none. */
const RULES = { "color-contrast": { enabled: false }, region: { enabled: false } };

describe.each(Object.entries(files).map(([path, file]) => [path.split("/")[1] ?? path, file] as const))(
  "%s",
  (_, file) => {
    test.each(Object.entries(file.examples))("%s is drawn in both languages", (_name, example) => {
      const [german, english] = (["de", "en"] as const).map((language) => draw(example, language).innerHTML);
      expect(german).not.toBe("");
      expect(english).not.toBe("");
    });

    test.each(Object.entries(file.examples))("%s is accessible", async (_name, example) => {
      const { violations } = await axe.run(draw(example, "de"), { rules: RULES });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
    });
  },
);

test("every component has examples", () => {
  const components = Object.keys(import.meta.glob("./*/*.tsx")).map((path) => path.split("/")[1]);
  const without = new Set(components.filter((name) => !(`./${name ?? ""}/${name ?? ""}.examples.tsx` in files)));
  expect([...without]).toEqual(["Icon", "Logo"]); // drawn by all the others
});

function draw(example: ReactNode, language: Language): HTMLElement {
  const preferences = new Preferences(undefined, [language]);
  return render(<PreferencesProvider preferences={preferences}>{example}</PreferencesProvider>).container;
}
