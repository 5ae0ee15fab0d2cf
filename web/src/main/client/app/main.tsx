/* SPDX-License-Identifier: EUPL-1.2 */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../styles/base.css";
import { ConfigError, readConfig } from "../protocol/config";
import { Preferences } from "../state/Preferences";
import { App } from "../views/App";
import { ConfigProblem } from "../views/ConfigProblem";
import { PreferencesProvider } from "./context";
import { plenum, storage } from "./Plenum";

const element = document.getElementById("root");
if (element === null) {
  throw new Error("index.html has no element with the id root");
}
const root = createRoot(element);

try {
  const app = plenum(readConfig((window as { config?: unknown }).config));
  root.render(
    <StrictMode>
      <PreferencesProvider preferences={app.preferences}>
        <App plenum={app} />
      </PreferencesProvider>
    </StrictMode>,
  );
} catch (fault) {
  if (!(fault instanceof ConfigError)) {
    throw fault;
  }
  root.render(
    <PreferencesProvider preferences={new Preferences(storage(), navigator.languages)}>
      <ConfigProblem message={fault.message} />
    </PreferencesProvider>,
  );
}
