-- What GET /health writes, to find out whether the database takes writes.
create table health (
    id integer not null,
    -- How often it did.
    checks bigint not null,
    constraint health_pkey primary key (id)
);

insert into health (id, checks) values (1, 0);
