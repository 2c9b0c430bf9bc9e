-- Who read what of which customer. Names of fields, never values.
create table access (
    id text not null,
    -- Stays when the customer is deleted: then it is a number that nothing refers to.
    customer_id text not null,
    -- Unix seconds.
    at bigint not null,
    -- 'customer', 'operator' or 'provider'
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
