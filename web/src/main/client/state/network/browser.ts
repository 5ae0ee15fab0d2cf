/* SPDX-License-Identifier: EUPL-1.2 */
import type { Reach } from "./NetworkCheck";

const PATIENCE_MS = 5000;
const UNAUTHORIZED = 401;
/** Of nobody: the server refuses it, and that it does so is what we want to know. */
const NOBODY = { username: "0:check", credential: "check" };

/** Undefined answers from browsers that do not tell why they found no relay: Firefox. */
export const reachByGathering: Reach = async (relay) => {
  if (!("RTCPeerConnection" in window) || !("onicecandidateerror" in RTCPeerConnection.prototype)) {
    return undefined;
  }
  const connection = new RTCPeerConnection({ iceServers: [{ urls: relay, ...NOBODY }], iceTransportPolicy: "relay" });
  try {
    const answered = new Promise<boolean>((resolve) => {
      connection.addEventListener("icecandidateerror", ({ errorCode }) => {
        if (errorCode === UNAUTHORIZED) {
          resolve(true);
        }
      });
      connection.addEventListener("icegatheringstatechange", () => {
        if (connection.iceGatheringState === "complete") {
          resolve(false);
        }
      });
      setTimeout(() => {
        resolve(false);
      }, PATIENCE_MS);
    });
    connection.createDataChannel("check"); // without a section nothing is gathered
    await connection.setLocalDescription();
    return await answered;
  } catch {
    return undefined; // forbidden by the browser, or an address that it does not take
  } finally {
    connection.close();
  }
};
