/* SPDX-License-Identifier: EUPL-1.2 */
import { type Examples, nothing } from "../examples";
import { Header } from "./Header";

export const examples: Examples = {
  guest: <Header account={undefined} onHome={nothing} onSignOut={nothing} />,
  account: (
    <Header account={{ name: "Ines Kolb", email: "ines.kolb@behoerde.example" }} onHome={nothing} onSignOut={nothing} />
  ),
};
