/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { Select } from "./Select";

const options = [
  { value: "", label: "Wie im System eingestellt" },
  { value: "a", label: "Konferenzkamera Raum 4.17 (046d:085e)" },
];

export const examples: Examples = {
  plain: <Select label="Kamera" icon="camera" value="a" options={options} onValue={nothing} />,
  compact: <Select label="Darstellung" icon="theme" compact value="" options={options} onValue={nothing} />,
  disabled: <Select label="Lautsprecher" value="" options={options.slice(0, 1)} onValue={nothing} disabled />,
};
