-- The confirmation codes that were sent, each once for every limit that it counts for.
drop table sent_code;

create table sent_code (
    code_id text not null,
    -- What has the limit, such as a phone number: its kind, and a keyed hash in lower-case
    -- hexadecimal, from which it cannot be read.
    subject text not null,
    -- Deleted after an hour.
    sent_at bigint not null,
    constraint sent_code_pkey primary key (code_id, subject)
);

create index sent_code_subject on sent_code (subject, sent_at);
create index sent_code_sent_at on sent_code (sent_at);

-- One row, which whoever counts a code locks: two servers must not count at the same time.
create table code_counter (
    id integer not null,
    counted bigint not null,
    constraint code_counter_pkey primary key (id)
);

insert into code_counter (id, counted) values (1, 0);

-- When a limit lets the code be sent; null if it was sent, or may be.
alter table code add column delayed_until bigint;
