-- Where a wallet wants to be told of every change of a customer's status.
create table callback (
    customer_id text not null,
    -- Sealed.
    url bytea not null,
    -- The status that the receiver was told last, or that it could see when it registered.
    status text not null,
    -- 1, and 0 once a final status was told: then nothing more is told until the wallet registers again.
    live bigint not null,
    constraint callback_pkey primary key (customer_id),
    constraint callback_customer foreign key (customer_id) references customer (id) on delete cascade
);

-- The customer type that the last PUT named, '' if none did yet: callbacks tell of this one.
alter table customer add column kind text not null default '';

-- SHA-256 of the secret in the link that confirms the value as the code does, in lower-case hexadecimal.
alter table code add column link text;
create unique index code_link on code (link);

-- The outbox again, for messages about nobody and for messages that must not overtake each other.
create table queue (
    -- Of a confirmation code: the id of the code.
    id text not null,
    -- Null if it holds no personal data, and is to be delivered even if the customer is deleted.
    customer_id text,
    -- 'code', 'callback', …: see the modules of src/outbox
    topic text not null,
    -- Messages of one line are delivered one after the other, by their turn; '' is no line.
    line text not null,
    turn bigint not null,
    -- Sealed with the customer's key; empty once it was given up.
    payload bytea not null,
    -- 'waiting' or 'failed'. What was delivered is deleted.
    state text not null,
    attempts bigint not null,
    due_at bigint not null,
    -- After it delivering makes no sense any more.
    expires_at bigint not null,
    -- A worker has it until then; another one keeps off.
    lease_until bigint not null,
    -- Why it failed, without personal data.
    reason text,
    constraint outbox_id primary key (id),
    constraint outbox_about foreign key (customer_id) references customer (id) on delete cascade
);

insert into queue (id, customer_id, topic, line, turn, payload, state, attempts, due_at, expires_at, lease_until, reason)
select id, customer_id, topic, '', 0, payload, state, attempts, due_at, expires_at, lease_until, reason from outbox;
drop table outbox;
alter table queue rename to outbox;

create index outbox_due on outbox (topic, state, due_at);
create index outbox_line on outbox (line, turn);
