/* SPDX-License-Identifier: EUPL-1.2 */

/* The events of the signaling socket that this client understands, as a closed set of types. */

export type ParticipantKind = "registered" | "guest" | "recorder" | "transcription" | "call_in" | "registered_call_in";

export interface Peer {
  readonly id: string;
  readonly connections: readonly string[];
  readonly name: string;
  readonly moderator: boolean;
  readonly owner: boolean;
  readonly kind: ParticipantKind;
  readonly joinedAt: number;
  /** Set while no connection is open. */
  readonly leftAt: number | undefined;
  /** `main`, or the number of the breakout room. */
  readonly room: string;
}

export type ChatScope =
  | { readonly scope: "global" }
  | { readonly scope: "breakout"; readonly target: number }
  | { readonly scope: "private"; readonly target: string };

export interface ChatMessage {
  readonly id: string;
  readonly source: string;
  readonly content: string;
  readonly at: number;
  readonly scope: ChatScope;
}

export interface ChatChunk {
  readonly messages: readonly ChatMessage[];
  /** Where older messages end, or null when there are none. */
  readonly nextIndex: number | null;
}

export interface ChatBlock {
  readonly enabled: boolean;
  readonly global: ChatChunk;
  readonly privates: readonly { readonly correspondent: string; readonly history: ChatChunk }[];
  readonly lastSeenGlobal: number | undefined;
  readonly lastSeenPrivate: Readonly<Record<string, number>>;
}

export interface LivekitCredentials {
  readonly room: string;
  readonly token: string;
  readonly url: string;
}

export interface JoinSuccess {
  readonly id: string;
  readonly connectionId: string;
  readonly ownConnections: readonly string[];
  readonly name: string;
  readonly moderator: boolean;
  readonly owner: boolean;
  readonly title: string | undefined;
  readonly closesAt: number | undefined;
  readonly inviteCode: string | undefined;
  readonly peers: readonly Peer[];
  readonly chat: ChatBlock;
  /** Absent when the server runs without media. */
  readonly livekit: LivekitCredentials | undefined;
  readonly modules: readonly string[];
}

export type DisconnectReason =
  "leave" | "connection_lost" | "kicked" | "banned" | "debriefed" | "sent_to_waiting_room" | "internal_error";

export type SignalEvent =
  | { readonly type: "joined"; readonly join: JoinSuccess }
  | { readonly type: "blocked" }
  | { readonly type: "waiting" }
  | { readonly type: "peerConnected"; readonly peer: Peer }
  | {
      readonly type: "peerDisconnected";
      readonly id: string;
      readonly connectionId: string;
      readonly reason: DisconnectReason;
    }
  | { readonly type: "closing"; readonly reason: string }
  | { readonly type: "titleChanged"; readonly title: string }
  | { readonly type: "pong" }
  | { readonly type: "chatMessage"; readonly message: ChatMessage }
  | { readonly type: "chatEnabled"; readonly enabled: boolean; readonly by: string | undefined }
  | { readonly type: "chatCleared" }
  | { readonly type: "chatHistory"; readonly correspondent: string | undefined; readonly chunk: ChatChunk }
  | { readonly type: "chatRefused"; readonly error: string; readonly retryAfterMs: number | undefined }
  | { readonly type: "credentials"; readonly livekit: LivekitCredentials }
  | { readonly type: "livekitUnavailable" }
  | { readonly type: "accepted" }
  | { readonly type: "sentToWaitingRoom" }
  | { readonly type: "removed"; readonly how: "kicked" | "debriefed" | "banned" }
  | { readonly type: "mutedBy"; readonly moderator: string }
  | { readonly type: "roleChanged"; readonly id: string; readonly moderator: boolean }
  | { readonly type: "renamed"; readonly id: string; readonly name: string };

/** Commands as they go over the wire (envelope contract, section 2). */
export type Command =
  | { readonly namespace: "core"; readonly payload: { readonly action: "enter_room" } }
  | { readonly namespace: "echo"; readonly payload: { readonly action: "ping" } }
  | { readonly namespace: "livekit"; readonly payload: { readonly action: "create_new_access_token" } }
  | {
      readonly namespace: "chat";
      readonly payload:
        | ({ readonly action: "send_message"; readonly content: string } & ChatScope)
        | ({ readonly action: "get_history_chunk"; readonly message_index: number } & ChatScope)
        | ({ readonly action: "set_last_seen_timestamp"; readonly timestamp: string } & ChatScope);
    };
