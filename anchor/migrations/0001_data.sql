-- The same text makes the tables of both engines: SQLite takes `bytea` and keeps the bytes as they are.
-- All times are Unix seconds.

-- Challenges that were used: each gives one session.
create table challenge (
    -- SHA-256 of the transaction, in lower-case hexadecimal.
    hash text not null,
    -- After it the challenge is refused as expired, and the row may be deleted.
    expires_at bigint not null,
    constraint challenge_pkey primary key (hash)
);

create index challenge_expires_at on challenge (expires_at);

-- Objects in the storage that no file refers to: being written, or to be removed. Inserted before the object is written
-- and deleted in the transaction that inserts its file; inserted again in the transaction that deletes the file.
create table unclaimed_object (
    -- Of the object.
    id text not null,
    -- After it the object is removed; 0 once that is decided.
    due_at bigint not null,
    constraint unclaimed_object_pkey primary key (id)
);

create index unclaimed_object_due_at on unclaimed_object (due_at);
