-- SPDX-License-Identifier: EUPL-1.2
-- Telephone: each room's number and PIN, and what is kept of a call.

alter table room add column call_in_id varchar(10);
alter table room add column call_in_pin varchar(10);
create unique index room_of_call_in_id on room (call_in_id);

update tariff set modules = replace(modules, '"guests_allowed"', '"call_in","guests_allowed"')
 where modules not like '%"call_in"%';

-- numbers are masked, and a room may be gone before its calls are forgotten
create table call_record (
  id         uuid                     not null primary key,
  room_id    uuid                     references room (id) on delete set null,
  started_at timestamp with time zone not null,
  ended_at   timestamp with time zone not null,
  result     varchar(40)              not null,
  dialled    varchar(64)              not null,
  caller     varchar(64)              not null
);
create index call_record_of_time on call_record (started_at);
