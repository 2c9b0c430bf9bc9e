-- The built-in customers. What is sealed is encrypted, and bound to its customer and its place.

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
    -- The customer type that the last PUT named, '' if none did yet: callbacks are about this one.
    kind text not null default '',
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

-- Files: values of binary fields, and uploads that no field refers to yet. The contents are objects in the storage.
create table file (
    -- Also of the object.
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
    -- SHA-256 of the content, sealed with the file's key: the same file sent again is no change.
    digest bytea not null,
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
    -- Also of the message in the outbox.
    id text not null,
    customer_id text not null,
    field text not null,
    -- The code itself.
    sealed bytea not null,
    -- SHA-256 of the secret in the link that confirms the value as the code does, in lower-case hexadecimal.
    link text,
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
create unique index code_link on code (link);
create index code_created_at on code (created_at);

-- That a code was sent, and to whom: so that one person cannot be flooded by way of many customers.
create table sent_code (
    -- Keyed hash of the address, in lower-case hexadecimal; the address cannot be read from it.
    address text not null,
    -- Deleted after an hour.
    sent_at bigint not null
);

create index sent_code_address on sent_code (address, sent_at);
create index sent_code_sent_at on sent_code (sent_at);

-- What was decided about a customer, for each customer type.
create table decision (
    customer_id text not null,
    kind text not null,
    -- 'ACCEPTED' or 'REJECTED'
    outcome text not null,
    -- Sealed: what the customer is told.
    message bytea,
    constraint decision_pkey primary key (customer_id, kind),
    constraint decision_customer foreign key (customer_id) references customer (id) on delete cascade
);

-- Requests to the review provider: one for each state of what the customer has provided.
create table review_request (
    -- Also of the message in the outbox.
    id text not null,
    customer_id text not null,
    -- The customer type.
    kind text not null,
    -- 'open', 'decided', or 'superseded' once the customer has changed or a person has decided.
    state text not null,
    created_at bigint not null,
    constraint review_request_pkey primary key (id),
    constraint review_request_customer foreign key (customer_id) references customer (id) on delete cascade
);

create unique index review_request_open on review_request (customer_id, kind) where state = 'open';
create index review_request_customer on review_request (customer_id);

-- Who read what of which customer. Names of fields, never values.
create table access (
    id text not null,
    -- Stays when the customer is deleted: then nothing else refers to it.
    customer_id text not null,
    at bigint not null,
    -- 'customer', 'operator' or 'review_provider'
    actor_kind text not null,
    -- The session's subject, or a name; '' of a customer that was deleted.
    actor text not null,
    -- The endpoint or the command.
    route text not null,
    -- What for.
    purpose text not null,
    -- The names of the fields that were read, with blanks between them.
    fields text not null,
    constraint access_pkey primary key (id)
);

create index access_customer on access (customer_id, at);
create index access_at on access (at);
