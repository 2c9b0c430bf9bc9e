-- Where a wallet wants to be told of changes of a customer's status.
create table callback (
    -- Whose status it is, and whose key seals the URL: what deletes the owner deletes its callback.
    owner text not null,
    -- Sealed.
    url bytea not null,
    -- The status that the wallet was told last, or knew when it registered.
    status text not null,
    -- 1, and 0 once a final status was told: then nothing more is told until the wallet registers again.
    active bigint not null,
    constraint callback_pkey primary key (owner)
);
