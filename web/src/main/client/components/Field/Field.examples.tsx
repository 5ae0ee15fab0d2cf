/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { TextArea, TextField } from "./Field";

export const examples: Examples = {
  empty: <TextField label="Titel" placeholder="z. B. Teamrunde" value="" onText={nothing} />,
  hint: <TextField label="Ihr Name" hint="Diesen Namen sehen die anderen." value="Ines Kolb" onText={nothing} />,
  problem: (
    <TextField label="Passwort" type="password" value="" problem="Bitte geben Sie das Passwort ein." onText={nothing} />
  ),
  fixed: <TextField label="Ihr Name" value="Ines Kolb" readOnly onText={nothing} />,
  area: <TextArea label="Beschreibung" optional value="Haushalt 2027" onText={nothing} />,
};
