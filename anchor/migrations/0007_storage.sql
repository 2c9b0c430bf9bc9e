-- The contents of files move out of the database, into objects of a storage: each object has the id of its file.
-- A server that kept contents here has to be sent them again.
delete from field where value is null;
drop table file;

-- Files: values of binary fields, and uploads that no field refers to yet.
create table file (
    -- Also the name of the object that holds the sealed content.
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

-- Objects that no file refers to: being written, or to be removed. Written before the object, taken away in the
-- transaction that inserts the file; put back in the one that deletes it.
create table stray (
    -- Of the object.
    id text not null,
    -- After it the object is removed; 0 once that is decided.
    due_at bigint not null,
    constraint stray_pkey primary key (id)
);

create index stray_due_at on stray (due_at);
