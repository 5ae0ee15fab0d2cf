/* SPDX-License-Identifier: EUPL-1.2 */
import type { Examples } from "../examples";
import { SkeletonCards } from "./Skeleton";

export const examples: Examples = {
  three: <SkeletonCards count={3} label="Wird geladen …" />,
};
