/* SPDX-License-Identifier: EUPL-1.2 */

/* Wire types of REST v1 (REST contract, section 6), as far as this client reads or writes them. Keys as on the wire. */

export interface DateTimeTz {
  readonly datetime: string;
  readonly timezone: string;
}

export type GuestAccess = "disabled" | "waiting_room" | "direct_access";

export interface Profile {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly avatar_url: string;
}

export interface EventRoom {
  readonly id: string;
  readonly password?: string;
  readonly waiting_room: boolean;
  readonly guest_access: GuestAccess;
  readonly call_in?: { readonly tel: string; readonly id: string; readonly password: string };
}

export interface MeetingEvent {
  readonly id: string;
  /** Set on rows that are one occurrence of a series. */
  readonly recurring_event_id?: string;
  readonly instance_id?: string;
  readonly status?: "ok" | "cancelled";
  readonly title: string;
  readonly description: string;
  readonly room: EventRoom;
  readonly created_by: Profile;
  readonly can_edit: boolean;
  readonly is_time_independent?: boolean;
  readonly starts_at?: DateTimeTz;
  readonly ends_at?: DateTimeTz;
}

export interface EventCreate {
  readonly title: string;
  readonly description: string;
  readonly password: string | null;
  readonly waiting_room: boolean;
  readonly guest_access: GuestAccess;
  readonly e2e_encryption: false;
  readonly is_adhoc: boolean;
  readonly show_meeting_details: boolean;
  readonly has_shared_folder: false;
  readonly is_time_independent: boolean;
  readonly is_all_day?: false;
  readonly starts_at?: DateTimeTz;
  readonly ends_at?: DateTimeTz;
}

export interface EventInfo {
  readonly id: string;
  readonly room_id: string;
  readonly title: string;
}

export interface Invite {
  readonly invite_code: string;
  readonly active: boolean;
  readonly expiration: string | null;
}

export interface InviteVerified {
  readonly room_id: string;
  readonly password_required: boolean;
}

export interface StartRequest {
  readonly device_secret: string;
  readonly display_name: string;
  readonly invite_code?: string;
  readonly password?: string;
}

export interface StartResponse {
  readonly token: string;
  readonly roomserver_address: string;
}
