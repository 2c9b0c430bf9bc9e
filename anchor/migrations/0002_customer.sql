-- The same text makes the tables of both engines: SQLite takes `bytea` and keeps the bytes as they are.
-- All times are Unix seconds. What is sealed is encrypted, bound to its customer and its place.

-- A customer: an account, or one user of a shared account.
create table customer (
    id text not null,
    -- `G...`
    account text not null,
    -- 'id', 'text' or 'hash', and '' for the account itself: never null, because nulls are never equal.
    memo_type text not null,
    memo text not null,
    -- The key that everything else about the customer is sealed with, wrapped by the master key of this id.
    -- Without it nothing can be read any more.
    key_id text not null,
    wrapped_key bytea not null,
    created_at bigint not null,
    -- The last PUT. Writing it is also what locks the customer against a second writer.
    put_at bigint not null,
    constraint customer_pkey primary key (id),
    constraint customer_identity unique (account, memo_type, memo)
);

-- What a customer has provided, by the canonical name of the field.
create table field (
    customer_id text not null,
    name text not null,
    -- Sealed text; null if the value is a file.
    value bytea,
    -- 'ACCEPTED', 'REJECTED' or 'VERIFICATION_REQUIRED'
    status text not null,
    -- Sealed: why it was rejected.
    error bytea,
    constraint field_pkey primary key (customer_id, name),
    constraint field_customer foreign key (customer_id) references customer (id) on delete cascade
);

-- Files: values of binary fields, and uploads that no field refers to yet.
create table file (
    id text not null,
    -- Who uploaded it.
    account text not null,
    memo_type text not null,
    memo text not null,
    -- The field that it is the value of; both null until then.
    customer_id text,
    field text,
    content_type text not null,
    -- Of the content before it was sealed, in bytes.
    size bigint not null,
    -- Each file has a key of its own: wrapped by the master key of this id, or, where key_id is '', by its customer's key.
    key_id text not null,
    wrapped_key bytea not null,
    content bytea not null,
    -- Null once a field refers to it.
    expires_at bigint,
    constraint file_pkey primary key (id),
    constraint file_field unique (customer_id, field),
    constraint file_customer foreign key (customer_id) references customer (id) on delete cascade
);

create index file_account on file (account);
create index file_expires_at on file (expires_at);

-- Confirmation codes that were sent.
create table code (
    id text not null,
    customer_id text not null,
    field text not null,
    -- The code itself.
    sealed bytea not null,
    -- 'live', 'used', or 'void' once there is a newer one.
    state text not null,
    -- How often it was tried.
    attempts bigint not null,
    created_at bigint not null,
    expires_at bigint not null,
    constraint code_pkey primary key (id),
    constraint code_customer foreign key (customer_id) references customer (id) on delete cascade
);

create unique index code_current on code (customer_id, field) where state <> 'void';
create index code_created_at on code (created_at);

-- What a reviewer decided, for each customer type.
create table review (
    customer_id text not null,
    kind text not null,
    -- 'ACCEPTED' or 'REJECTED'
    verdict text not null,
    -- Sealed: what the customer is told.
    message bytea,
    constraint review_pkey primary key (customer_id, kind),
    constraint review_customer foreign key (customer_id) references customer (id) on delete cascade
);
