/* SPDX-License-Identifier: EUPL-1.2 */
import { describe, expect, test } from "vitest";
import { colourOf, grid, initials } from "./layout";

describe("the grid", () => {
  test.each([
    [1, 1],
    [2, 2],
    [4, 2],
    [6, 3],
    [9, 3],
    [12, 4],
    [16, 4],
  ])("of %i people on a wide screen has %i columns", (count, columns) => {
    expect(grid(count, 1280, 720, 8).columns).toBe(columns);
  });

  test("stands upright on a phone", () => {
    expect(grid(2, 360, 640, 8).columns).toBe(1);
    expect(grid(6, 360, 640, 8).columns).toBe(2);
  });

  test("of 1 to 50 people never leaves the area, and uses most of it", () => {
    for (const [width, height] of [
      [1280, 720],
      [1920, 1000],
      [1100, 640],
      [1024, 1366],
    ] as const) {
      for (let count = 1; count <= 50; count++) {
        const cell = grid(count, width, height, 8);
        const rows = Math.ceil(count / cell.columns);
        expect(cell.columns * (cell.width + 8) - 8).toBeLessThanOrEqual(width);
        expect(rows * (cell.height + 8) - 8).toBeLessThanOrEqual(height);
        expect((count * cell.width * cell.height) / (width * height)).toBeGreaterThan(0.5);
        expect(cell.width / cell.height).toBeLessThan(1.8);
        expect(cell.width / cell.height).toBeGreaterThan(0.74);
      }
    }
  });

  test("scrolls rather than making faces too small", () => {
    const cell = grid(50, 320, 400, 8);
    expect(cell.columns).toBe(2);
    expect(cell.width).toBeGreaterThanOrEqual(112);
    expect(cell.columns * (cell.width + 8) - 8).toBeLessThanOrEqual(320);
  });

  test("survives an area without size", () => {
    expect(grid(3, 0, 0, 8).width).toBeGreaterThan(0);
  });
});

describe("initials", () => {
  test.each([
    ["Ines Kolb", "IK"],
    ["Prof. Dr. Maria Weiß", "MW"],
    ["Jörg von Öztürk", "JÖ"],
    ["ines", "I"],
    ["+49 30 5550***", "+"],
    ["", "?"],
    ["😀 Otto", "O"],
  ])("of %s are %s", (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

test("a person has the same colour everywhere, and people have different ones", () => {
  expect(colourOf("ines")).toBe(colourOf("ines"));
  const colours = new Set(Array.from({ length: 100 }, (_, index) => colourOf(`person ${index}`)));
  expect(colours.size).toBe(8);
});
