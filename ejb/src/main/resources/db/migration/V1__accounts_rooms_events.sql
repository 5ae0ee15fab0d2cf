-- SPDX-License-Identifier: EUPL-1.2
-- One dialect for H2 (MODE=PostgreSQL) and PostgreSQL. Texts that people write are counted in characters by the
-- contract; a character outside the BMP is two units in H2, therefore their columns are twice as wide.

create table tariff (
  id                 uuid          not null primary key,
  name               varchar(510)  not null,
  max_storage        bigint,
  participant_limit  integer,
  time_limit_seconds integer,
  modules            varchar(8000) not null,
  disabled_features  varchar(8000) not null
);

-- everybody's tariff unless an operator assigns another one; the modules as {module: [feature, ...]}
insert into tariff (id, name, modules, disabled_features)
values ('5f0c1a52-7d8e-4c55-9f6a-1e0b7a9d2c01', 'Standard',
        '{"core":["guests_allowed"],"echo":[],"chat":[],"livekit":[]}', '[]');

create table account (
  id               uuid                     not null primary key,
  tenant           varchar(255)             not null,
  subject          varchar(255)             not null,
  email            varchar(510)             not null,
  title            varchar(510)             not null,
  firstname        varchar(510)             not null,
  lastname         varchar(510)             not null,
  display_name     varchar(510)             not null,
  avatar_url       varchar(2000)            not null,
  language         varchar(40)              not null,
  dashboard_theme  varchar(10),
  conference_theme varchar(10),
  used_storage     bigint                   not null,
  tariff_id        uuid                     not null references tariff (id),
  created_at       timestamp with time zone not null,
  version          bigint                   not null,
  constraint account_of_tenant unique (tenant, subject)
);

create table room (
  id             uuid                     not null primary key,
  owner_id       uuid                     not null references account (id),
  created_at     timestamp with time zone not null,
  password       varchar(510),
  waiting_room   boolean                  not null,
  guest_access   varchar(20)              not null,
  e2e_encryption boolean                  not null,
  version        bigint                   not null
);
create index room_of_owner on room (owner_id);

create table invitee (
  room_id    uuid                     not null references room (id) on delete cascade,
  account_id uuid                     not null references account (id),
  role       varchar(20)              not null,
  status     varchar(20)              not null,
  created_at timestamp with time zone not null,
  primary key (room_id, account_id)
);
create index invitee_of_account on invitee (account_id);

create table event (
  id                   uuid                     not null primary key,
  room_id              uuid                     not null unique references room (id) on delete cascade,
  title                varchar(510)             not null,
  description          varchar(8192)            not null,
  adhoc                boolean                  not null,
  show_meeting_details boolean                  not null,
  time_independent     boolean                  not null,
  all_day              boolean                  not null,
  starts_at            timestamp with time zone,
  starts_zone          varchar(64),
  ends_at              timestamp with time zone,
  ends_zone            varchar(64),
  recurrence           varchar(9000),
  sorts_at             timestamp with time zone not null,
  created_by           uuid                     not null references account (id),
  created_at           timestamp with time zone not null,
  updated_by           uuid                     not null references account (id),
  updated_at           timestamp with time zone not null,
  version              bigint                   not null
);
create index event_in_order on event (sorts_at, created_at, id);

create table favourite (
  event_id   uuid not null references event (id) on delete cascade,
  account_id uuid not null references account (id),
  primary key (event_id, account_id)
);
create index favourite_of_account on favourite (account_id);

create table invite (
  code       uuid                     not null primary key,
  room_id    uuid                     not null references room (id) on delete cascade,
  active     boolean                  not null,
  expires_at timestamp with time zone,
  created_by uuid                     not null references account (id),
  created_at timestamp with time zone not null,
  updated_by uuid                     not null references account (id),
  updated_at timestamp with time zone not null,
  version    bigint                   not null
);
create index invite_of_room on invite (room_id);
