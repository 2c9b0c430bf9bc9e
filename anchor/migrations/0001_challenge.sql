-- Challenges that have given a session: each gives one.
create table challenge (
    -- SHA-256 of the transaction, in lower-case hexadecimal.
    hash text not null,
    -- Unix seconds. After it the challenge is refused for its age, and the row may go.
    expires_at bigint not null,
    constraint challenge_pkey primary key (hash)
);

create index challenge_expires_at on challenge (expires_at);
