/* SPDX-License-Identifier: EUPL-1.2 */
import type { Examples } from "../examples";
import { Avatar } from "./Avatar";

export const examples: Examples = {
  small: <Avatar id="1" name="Dr. Ines Kolb" size="s" />,
  medium: <Avatar id="23" name="Tom Reuter" />,
};
