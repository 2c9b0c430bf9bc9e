-- What is to be delivered to somebody outside: written together with the change that it follows from.
create table outbox (
    -- Of a confirmation code: the id of the code.
    id text not null,
    customer_id text not null,
    -- 'code'
    topic text not null,
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
    constraint outbox_pkey primary key (id),
    constraint outbox_customer foreign key (customer_id) references customer (id) on delete cascade
);

create index outbox_due_at on outbox (state, due_at);
