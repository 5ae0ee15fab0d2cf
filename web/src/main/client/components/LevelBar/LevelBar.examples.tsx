/* SPDX-License-Identifier: EUPL-1.2 */
import type { Examples } from "../examples";
import { LevelBar } from "./LevelBar";

export const examples: Examples = {
  silent: <LevelBar level={0} />,
  speaking: <LevelBar level={0.6} />,
};
