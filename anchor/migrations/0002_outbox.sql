-- Messages to be delivered: inserted together with the change that they follow from.
create table outbox (
    id text not null,
    -- Whose data it holds, and whose key seals the payload: what deletes the owner deletes its messages. Null if the
    -- payload is not sealed.
    owner text,
    -- The kind of message: what knows how to deliver it.
    topic text not null,
    -- Messages of one line are delivered one after the other, by their turn; '' is no line.
    line text not null,
    turn bigint not null,
    -- Empty once the message was given up.
    payload bytea not null,
    -- 'waiting' or 'failed'. Delivered messages are deleted.
    state text not null,
    attempts bigint not null,
    due_at bigint not null,
    -- After it the message is given up.
    expires_at bigint not null,
    -- A worker has leased it until then, and the others leave it alone.
    lease_until bigint not null,
    -- Why the last attempt failed, without personal data.
    reason text,
    constraint outbox_pkey primary key (id)
);

create index outbox_due on outbox (topic, state, due_at);
create index outbox_line on outbox (line, turn);
create index outbox_owner on outbox (owner);
